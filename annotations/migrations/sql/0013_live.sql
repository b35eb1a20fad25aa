-- Whoever looks at an article hears that something happened there: its id and the number of the last event, no more.
create function factcheck_tell() returns trigger language plpgsql as $$
begin
    perform pg_notify('factcheck_articles', article_id || ' ' || max(number))
        from added where article_id is not null group by article_id;
    return null;
end $$;
create trigger events_told after insert on annotations_event referencing new table as added
    for each statement execute function factcheck_tell();
