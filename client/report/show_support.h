/* How communes below target are supported, in a province's summary: table and CSV. */
#ifndef HV_SHOW_SUPPORT_H
#define HV_SHOW_SUPPORT_H

#include "client/report/report.h"

/* Nothing when the server told of no commune, as an older one does. */
void support_print(struct reporter *r, const Hv__ProvinceReport *p, FILE *out);

/* Columns at the end of a commune's row; blank where the server told nothing. */
void support_csv_head(struct reporter *r, struct csv_out *csv);
void support_csv_cells(struct reporter *r, struct csv_out *csv, const Hv__SupportLine *line);

#endif
