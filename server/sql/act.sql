insert into act (os_user, verb, subject) values ($1::text, $2::text, $3::text)
