/* Tells systemd that the service is ready; nothing happens when nobody asked for it. */
#ifndef HV_NOTIFY_H
#define HV_NOTIFY_H

void notify_ready(void);

#endif
