select name, value from setting
