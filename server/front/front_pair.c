/* Both ends are made by the front's thread, so that what can fail fails at the start; starting the thread
 * hands the far end over. */
#include "server/front/front_private.h"

static void *end_make(void *context)
{
    int linger = 0;
    void *socket = zmq_socket(context, ZMQ_PAIR);
    if (socket != NULL)
        zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger);
    return socket;
}

enum err pair_make(void *context, const char *endpoint, void **front_end, void **far_end, struct fault *f)
{
    *front_end = end_make(context);
    *far_end = end_make(context);
    if (*front_end == NULL || *far_end == NULL || zmq_bind(*front_end, endpoint) != 0 ||
        zmq_connect(*far_end, endpoint) != 0)
        return fault(f, ERR_INTERNAL, "a line to a thread can't be set up: %s", zmq_strerror(zmq_errno()));
    return ERR_OK;
}

void pair_close(void **front_end, void **far_end)
{
    void **ends[] = {front_end, far_end};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (*ends[i] != NULL)
            zmq_close(*ends[i]);
        *ends[i] = NULL;
    }
}
