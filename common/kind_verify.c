/* The registry against the descriptors: what the compiler can't see. */
#include "common/kind.h"
#include <string.h>

#define LAST_BIT    30 /* of a set */
#define LAST_NUMBER 62 /* masks of fields are kept as signed 64-bit numbers */

static enum err wrong(struct fault *f, const struct kind *kind, size_t i, const char *what)
{
    const char *name = i < kind->field_count ? kind->fields[i].name : "";
    return fault_field(f, ERR_INTERNAL, (int)i, "registry: %s.%s: %s", kind->name, name, what);
}

static bool is_said(struct text_pair t)
{
    return t.vi != NULL && t.vi[0] != '\0' && t.en != NULL && t.en[0] != '\0';
}

static bool is_word(const char *s)
{
    return s != NULL && s[0] != '\0' && s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-")] == '\0';
}

/* `values` NULL: a set or an open list, which no enum of the message stands behind. */
static const char *codes_fault(const struct code *codes, const ProtobufCEnumDescriptor *values)
{
    if (codes == NULL)
        return "no list of codes";
    size_t count = 0;
    for (const struct code *c = codes; c->token != NULL; c++, count++) {
        if (!is_word(c->token) || !is_said(c->label))
            return "a code without token or words";
        if (values == NULL ? c->value < 0 || c->value > LAST_BIT
                           : protobuf_c_enum_descriptor_get_value(values, c->value) == NULL)
            return "a code that the message does not have";
        if (code_by_value(codes, c->value) != c || code_by_token(codes, c->token) != c)
            return "a code or token twice";
    }
    return values == NULL || count == values->n_values ? NULL : "a value of the message without code";
}

static const char *reference_fault(const struct kind *kind, const struct field *x)
{
    const struct kind *other = x->refers == NULL ? NULL : kind_by_name(x->refers);
    if (other == NULL)
        return "refers to no kind";
    return kind_index(other) <= kind_index(kind) ? NULL : "refers to a kind that comes later";
}

/* What the row says against the type that the message gives. */
static const char *type_fault(const struct kind *kind, size_t i)
{
    const struct field *x = &kind->fields[i];
    const ProtobufCFieldDescriptor *d = &kind->descriptor->fields[i];
    enum field_type type = field_type(kind, i);
    bool number_check = x->check >= CHECK_COUNT && x->check != CHECK_COMMUNES;
    bool text_check =
        x->check != CHECK_NONE && x->check != CHECK_DATE && x->check != CHECK_DAY && !number_check;
    if (d->label != PROTOBUF_C_LABEL_OPTIONAL)
        return "not an optional field";
    if ((type == FIELD_SET && d->type != PROTOBUF_C_TYPE_INT32) || (type != FIELD_INT && number_check))
        return "a set or count of another type";
    if (type == FIELD_INT && d->type != PROTOBUF_C_TYPE_INT32 && d->type != PROTOBUF_C_TYPE_INT64)
        return "a type that records do not have";
    if (type == FIELD_DATE && d->type != PROTOBUF_C_TYPE_INT32)
        return "a date that is not int32";
    if (type != FIELD_TEXT && (text_check || (x->max != 0 && x->check != CHECK_COUNT)))
        return "a check or length for text on something else";
    if (type != FIELD_DATE && (x->check == CHECK_DATE || x->check == CHECK_DAY))
        return "a check for dates on something else";
    bool coded = type == FIELD_CODE || type == FIELD_SET || type == FIELD_TEXT;
    if ((!coded && x->codes != NULL) || (type != FIELD_ID && x->refers != NULL))
        return "codes or a reference on something else";
    if (x->codes != NULL && type != FIELD_CODE)
        return codes_fault(x->codes, NULL);
    if (type == FIELD_CODE)
        return codes_fault(x->codes, d->descriptor);
    return type == FIELD_ID ? reference_fault(kind, x) : NULL;
}

static bool is_reserved(const char *name)
{
    return strcmp(name, "id") == 0 || strcmp(name, "stream") == 0 || strcmp(name, "rev") == 0;
}

static bool has_heading(const struct field *x, const char *word, size_t n)
{
    const char *own[] = {x->name, x->label.vi, x->label.en};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (strlen(own[i]) == n && strncmp(own[i], word, n) == 0)
            return true;
    for (const char *p = x->aliases; p != NULL && *p != '\0';) {
        size_t length = strcspn(p, "|");
        if (length == n && strncmp(p, word, n) == 0)
            return true;
        p += length + (p[length] == '|');
    }
    return false;
}

/* A heading that two fields of a kind share could not be read. */
static bool headings_meet(const struct field *x, const struct field *y)
{
    if (has_heading(y, x->name, strlen(x->name)) || has_heading(y, x->label.vi, strlen(x->label.vi)) ||
        has_heading(y, x->label.en, strlen(x->label.en)))
        return true;
    for (const char *p = x->aliases; p != NULL && *p != '\0';) {
        size_t length = strcspn(p, "|");
        if (has_heading(y, p, length))
            return true;
        p += length + (p[length] == '|');
    }
    return false;
}

static enum err field_verify(const struct kind *kind, size_t i, struct fault *f)
{
    const struct field *x = &kind->fields[i];
    const ProtobufCFieldDescriptor *d = &kind->descriptor->fields[i];
    if (x->name == NULL || strcmp(x->name, d->name) != 0)
        return wrong(f, kind, i, "not in the order of the message's numbers");
    if (d->id < 1 || d->id > LAST_NUMBER || (i > 0 && d->id <= kind->descriptor->fields[i - 1].id))
        return wrong(f, kind, i, "a number that is not free");
    if (is_reserved(x->name))
        return wrong(f, kind, i, "a name that every table has already");
    if (!is_said(x->label))
        return wrong(f, kind, i, "no words in both languages");
    const char *what = type_fault(kind, i);
    if (what != NULL)
        return wrong(f, kind, i, what);
    for (size_t j = 0; j < i; j++)
        if (headings_meet(x, &kind->fields[j]))
            return wrong(f, kind, i, "a heading that another field has");
    return ERR_OK;
}

/* The id of a relation must not change, so all it is computed from is required; and there is no delete. */
static const char *whole_fault(const struct kind *kind)
{
    size_t joined = 0;
    for (size_t i = 0; i < kind->field_count; i++) {
        if (!kind->relation)
            continue;
        joined += kind->fields[i].required;
        if (field_type(kind, i) == FIELD_ID && !kind->fields[i].required)
            return "a relation that may lack what it joins";
        if (kind->fields[i].required && field_type(kind, i) == FIELD_TEXT)
            return "a relation that joins a text";
    }
    if (kind->relation && joined == 0)
        return "a relation that joins nothing";
    int voided = kind_field(kind, "voided");
    if (!kind->append_only && (voided < 0 || field_type(kind, (size_t)voided) != FIELD_BOOL))
        return "no field voided";
    return NULL;
}

static enum err one_verify(const struct kind *kind, struct fault *f)
{
    if (kind->number == 0 || kind_by_number(kind->number) != kind || !is_word(kind->name) ||
        kind_by_name(kind->name) != kind || !is_word(kind->table) || !is_said(kind->label) ||
        !is_said(kind->one) || !is_said(kind->all))
        return wrong(f, kind, kind->field_count, "number, name, table or words missing or taken");
    if (kind->field_count != kind->descriptor->n_fields)
        return wrong(f, kind, kind->field_count, "another count of fields than the message has");
    for (size_t i = 0; i < kind->field_count; i++) {
        enum err e = field_verify(kind, i, f);
        if (e != ERR_OK)
            return e;
    }
    const char *what = whole_fault(kind);
    return what == NULL ? ERR_OK : wrong(f, kind, kind->field_count, what);
}

enum err kind_verify(struct fault *f)
{
    for (size_t k = 0; k < kind_count; k++) {
        enum err e = one_verify(kinds[k], f);
        if (e != ERR_OK)
            return e;
        for (size_t j = 0; j < k; j++)
            if (strcmp(kinds[j]->table, kinds[k]->table) == 0)
                return wrong(f, kinds[k], kinds[k]->field_count, "a table that another kind has");
    }
    return ERR_OK;
}
