/* Apart from os.c, since the kernel's header for TCP does not go together with the C library's. */
#include "common/os.h"
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

uint64_t os_socket_bytes(int descriptor)
{
    struct tcp_info info = {0};
    socklen_t size = sizeof info;
    if (descriptor < 0 || getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
        return 0;
    return info.tcpi_bytes_received + info.tcpi_bytes_acked;
}
