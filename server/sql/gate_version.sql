select version from gate
