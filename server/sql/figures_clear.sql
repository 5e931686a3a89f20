-- What an import laid down on its way: seen by nobody else, and gone before anybody could.
with lines as (delete from incoming), figures as (delete from incoming_population)
delete from incoming_target
