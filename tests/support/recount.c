#include "tests/support/recount.h"
#include "common/kind.h"
#include "common/tally.h"
#include <stdlib.h>
#include <string.h>

#define SQL_FOLDER HV_SOURCE "/tests/property/recount"

const char *const recount_lacking[] = {NULL};

static FILE *file_open(const struct recount *r, const char *name)
{
    FILE *f = fopen(words("%s/%s", r->folder, name), "w");
    if (f == NULL)
        give_up("%s/%s can't be written", r->folder, name);
    return f;
}

/* In the order of what stands on what. */
static void read_sql(FILE *script, const char *name)
{
    fprintf(script, ".read %s/%s.sql\n", SQL_FOLDER, name);
}

void recount_begin(struct recount *r)
{
    scratch_make(r->folder);
    r->commands = file_open(r, "commands");
    r->script = file_open(r, "before.sql");
    r->said = file_open(r, "said.sql");
    fprintf(r->script, "create table period (n integer primary key, first text, last text);\n"
                       "create table commune (code text primary key);\n"
                       "create table province (code text primary key);\n"
                       "create table exported (n integer);\n");
    fprintf(r->said, "create table said (report text, period integer, source text, scope text, code text, "
                     "unit text, section text, key text, col text, value text, whole text);\n");
}

void recount_period(struct recount *r, int number, const char *first, const char *last)
{
    fprintf(r->script, "insert into period values (%d, '%s', '%s');\n", number, first, last);
}

void recount_table(struct recount *r, const char *table, bool more, const char *csv)
{
    fprintf(r->script, ".import --csv %s%s %s\n", more ? "--skip 1 " : "", csv, table);
}

/* Columns of all_TABLE: the unit, the id, the fields. */
static void create_kind(FILE *script, const struct kind *kind)
{
    fprintf(script, "create table if not exists all_%s (home text, id text", kind->table);
    for (size_t i = 0; i < kind->field_count; i++)
        fprintf(script, ", \"%s\" text", kind->fields[i].name);
    fprintf(script, ");\n");
}

static void export_kind(struct recount *r, const char *code, const struct kind *kind, const char *program)
{
    const char *csv = words("%s/%s.%s.csv", r->folder, code, kind->name);
    /* two commands on one register of the province would be in each other's way */
    fprintf(r->commands, "flock %s/lock.%s %s %s export --plain --columns id", r->folder, code, program,
            kind->name);
    for (size_t i = 0; i < kind->field_count; i++)
        fprintf(r->commands, ",%s", kind->fields[i].name);
    fprintf(r->commands, " > %s\n", csv);
    fprintf(r->script,
            ".import --csv %s u%s_%s\ninsert into all_%s select '%s', * from u%s_%s;\n"
            "insert into exported select count(*) from u%s_%s;\n",
            csv, code, kind->table, kind->table, code, code, kind->table, code, kind->table);
}

void recount_export(struct recount *r, const char *code, bool is_province, const char *program)
{
    fprintf(r->script, "insert into %s values ('%s');\n", is_province ? "province" : "commune", code);
    for (size_t k = 0; k < kind_count; k++) {
        bool lies_there = is_province ? kinds[k]->home != HOME_COMMUNE : kinds[k]->home != HOME_PROVINCE;
        create_kind(r->script, kinds[k]);
        if (lies_there)
            export_kind(r, code, kinds[k], program);
    }
}

static bool is_lacking(const char *report)
{
    for (const char *const *p = recount_lacking; *p != NULL; p++)
        if (strcmp(*p, report) == 0)
            return true;
    return false;
}

void recount_reports(struct recount *r, int period, const char *scope, const char *source,
                     const char *program, const char *arguments)
{
    for (size_t i = 0; i < tally_report_count; i++) {
        const char *name = tally_reports[i]->token;
        if (is_lacking(name))
            continue;
        char csv[2 * PATH_ROOM];
        snprintf(csv, sizeof csv, "%s/%s.%d.%s.csv", r->folder, name, period, source);
        fprintf(r->commands, "%s report %s %s --plain > %s\n", program, name, arguments, csv);
        fprintf(r->said,
                ".import --csv %s said_in\ninsert into said select '%s', %d, '%s', '%s', unit_code, unit, "
                "section, key, \"column\", value, \"of\" from said_in;\ndrop table said_in;\n",
                csv, name, period, source, scope);
    }
}

void recount_told(struct recount *r, const char *table, int period, const char *source, const char *code,
                  const char *command)
{
    const char *csv = words("%s/%s.%d.%s.%s.csv", r->folder, table, period, source, code);
    fprintf(r->commands, "%s --plain > %s\n", command, csv);
    fprintf(r->said,
            ".import --csv %s told_in\n"
            "create table if not exists %s as select 0 as in_period, '' as in_source, '' as in_code, * from "
            "told_in limit 0;\n"
            "insert into %s select %d, '%s', '%s', * from told_in;\ndrop table told_in;\n",
            csv, table, table, period, source, code);
}

char *recount_end(struct recount *r)
{
    fclose(r->commands);
    read_sql(r->script, "base");
    for (size_t i = 0; i < tally_report_count; i++)
        if (!is_lacking(tally_reports[i]->token))
            read_sql(r->script, tally_reports[i]->token);
    read_sql(r->script, "measures");
    read_sql(r->script, "targets");
    read_sql(r->script, "below");
    read_sql(r->script, "results");
    fprintf(r->script, ".read %s/said.sql\n", r->folder);
    fclose(r->said);
    read_sql(r->script, "told");
    read_sql(r->script, "compare");
    fclose(r->script);
    free(run_ok("tr '\\n' '\\0' < %s/commands | xargs -0 -P2 -n1 sh -c", r->folder));
    return run_ok("sqlite3 -bail -batch :memory: < %s/before.sql", r->folder);
}
