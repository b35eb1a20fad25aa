-- Names that rows of other tables are told with: a person's, a term's key, a desk's. One number counts their changes,
-- for whoever keeps what was told with them. It is a row and not a sequence, so that nobody sees it before the new name.
create table annotations_naming (
    one boolean primary key default true check (one),
    version bigint not null
);
create function factcheck_renamed() returns trigger language plpgsql as $$
begin
    insert into annotations_naming as naming (version) values (1)
        on conflict (one) do update set version = naming.version + 1;
    return null;
end $$;
create trigger user_renamed after update of username on annotations_user for each row
    when (old.username is distinct from new.username) execute function factcheck_renamed();
create trigger term_renamed after update of key on annotations_term for each row
    when (old.key is distinct from new.key) execute function factcheck_renamed();
create trigger desk_renamed after update of slug on annotations_desk for each row
    when (old.slug is distinct from new.slug) execute function factcheck_renamed();
