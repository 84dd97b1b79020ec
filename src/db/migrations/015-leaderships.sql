-- Work that only one process may do at a time: who holds it, until when by the clock of the database, and how often it has
-- changed hands. What a former holder still writes carries an older term and is refused.
create table leaderships (
  office text primary key,
  holder text not null,
  term bigint not null default 1,
  held_until timestamptz not null
);
