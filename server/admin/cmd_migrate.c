#include "common/os.h"
#include "server/admin/admin.h"
#include "server/schema.h"

enum err cmd_migrate(void *program, const struct options *o, struct fault *f)
{
    struct admin *m = program;
    enum err e = admin_configure(m, o, true, f);
    if (e == ERR_OK)
        e = schema_migrate(m->config.owner_connection, f);
    if (e == ERR_OK)
        ui_say(&m->ui, "Cơ sở dữ liệu ở phiên bản %d.", "The database is at version %d.", schema_version());
    return e;
}

/* For psql and backups: the string names no password, the cluster's folder or PostgreSQL's own password file
 * guards the way. */
enum err cmd_connection(void *program, const struct options *o, struct fault *f)
{
    struct admin *m = program;
    enum err e = admin_configure(m, o, false, f);
    if (e == ERR_OK)
        printf("%s\n", option(o, "owner") != NULL ? m->config.owner_connection : m->config.connection);
    return e;
}
