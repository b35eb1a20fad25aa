-- Guards that look at a slice of a text look into pieces of it, so that they cost the same however long the text is.

create function factcheck_cut() returns trigger language plpgsql as $$
begin
    insert into annotations_textpiece (revision_id, number, text)
        select new.id, ordinality - 1, piece[1]
        from regexp_matches(new.text, '.{1,250}', 'g') with ordinality as pieces (piece, ordinality);
    return null;
end $$;
create trigger revision_cut after insert on annotations_revision for each row execute function factcheck_cut();
insert into annotations_textpiece (revision_id, number, text)
    select r.id, ordinality - 1, piece[1]
    from annotations_revision r, regexp_matches(r.text, '.{1,250}', 'g') with ordinality as pieces (piece, ordinality);
create trigger textpiece_frozen before update or delete on annotations_textpiece for each row
    execute function factcheck_frozen('textpiece_frozen', 'The pieces of a text are frozen with it.');

-- Code points first to last of a revision's text, end exclusive; null outside it.
create function factcheck_words(revision uuid, first integer, last integer) returns text language sql stable as $$
    select substr(string_agg(text, '' order by number), first - min(number) * 250 + 1, last - first)
    from annotations_textpiece where revision_id = revision and number between first / 250 and (last - 1) / 250
$$;

create or replace function factcheck_annotation() returns trigger language plpgsql as $$
declare
    around text;
    size integer;
    before integer := char_length(new.prefix);
    parts integer := coalesce(array_length(new.fragments, 1), 0);
begin
    select length into size from annotations_revision where id = new.revision_id;
    if new.start < 0 or new."end" > size then
        perform factcheck_refuse('annotation_range_inside_text',
            format('The range %s to %s lies outside the text (%s code points).', new.start, new."end", size));
    end if;
    if before > new.start or char_length(new.suffix) > size - new."end" then
        perform factcheck_refuse('annotation_context_is_slice', 'The context is not what the text says around this range.');
    end if;
    around := factcheck_words(new.revision_id, new.start - before, new."end" + char_length(new.suffix));
    if substr(around, before + 1, new."end" - new.start) is distinct from new.exact then
        perform factcheck_refuse('annotation_exact_is_slice', 'The quote is not what the text says at this range.');
    end if;
    if around is distinct from new.prefix || new.exact || new.suffix then
        perform factcheck_refuse('annotation_context_is_slice', 'The context is not what the text says around this range.');
    end if;
    if parts = 1 or (parts > 1 and (new.fragments[1][1] <> new.start or new.fragments[parts][2] <> new."end")) then
        perform factcheck_refuse('annotation_fragments_fill_range', 'The fragments do not begin and end with the range.');
    end if;
    for part in 1 .. parts loop
        if new.fragments[part][1] >= new.fragments[part][2]
            or (part > 1 and new.fragments[part][1] < new.fragments[part - 1][2]) then
            perform factcheck_refuse('annotation_fragments_ordered', 'The fragments overlap, are empty or are out of order.');
        end if;
    end loop;
    return new;
end $$;

create or replace function factcheck_placement() returns trigger language plpgsql as $$
begin
    perform factcheck_refused_unless(factcheck_words(new.revision_id, new.start, new."end") = new.exact,
        'placement_exact_is_slice', 'The quote is not what the older text says at this range.');
    perform factcheck_refused_unless(
        coalesce(new.new_end, 0) <= (select length from annotations_revision where id = new.next_revision_id),
        'placement_inside_text', 'The place ends after the newer text.');
    return new;
end $$;

create or replace function factcheck_slice(annotation uuid, first integer, last integer) returns text language sql stable as $$
    select coalesce(factcheck_words(a.revision_id, first, last), '') from annotations_annotation a where a.id = annotation
$$;
