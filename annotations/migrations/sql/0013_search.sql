-- What can be found: entries that follow the rows they repeat. Identities, the confidential tier, are never read here.

-- The rules by which a language's words are told apart; a language that PostgreSQL does not know has simple ones.
create function factcheck_language(tag text) returns regconfig language sql immutable parallel safe as $$
    select case split_part(lower(tag), '-', 1)
        when 'ar' then 'arabic' when 'ca' then 'catalan' when 'da' then 'danish' when 'de' then 'german'
        when 'el' then 'greek' when 'en' then 'english' when 'es' then 'spanish' when 'eu' then 'basque'
        when 'fi' then 'finnish' when 'fr' then 'french' when 'ga' then 'irish' when 'hi' then 'hindi'
        when 'hu' then 'hungarian' when 'hy' then 'armenian' when 'id' then 'indonesian' when 'it' then 'italian'
        when 'lt' then 'lithuanian' when 'nb' then 'norwegian' when 'ne' then 'nepali' when 'nl' then 'dutch'
        when 'nn' then 'norwegian' when 'no' then 'norwegian' when 'pt' then 'portuguese' when 'ro' then 'romanian'
        when 'ru' then 'russian' when 'sr' then 'serbian' when 'sv' then 'swedish' when 'ta' then 'tamil'
        when 'tr' then 'turkish' when 'yi' then 'yiddish' else 'simple'
    end::regconfig
$$;

-- The words of at most 100,000 code points: more could be refused for their number, and the row with them.
create function factcheck_words_of(tag text, content text) returns tsvector language sql immutable parallel safe as $$
    select to_tsvector(factcheck_language(tag), left(content, 100000))
$$;

create function factcheck_lines(variadic lines text[]) returns text language sql immutable parallel safe as $$
    select array_to_string(array_remove(lines, ''), E'\n')
$$;

-- ── Articles ───────────────────────────────────────────────────────────────────────────────────────────────────────
create function factcheck_find_articles() returns trigger language plpgsql as $$
begin
    insert into annotations_searchentry (kind, desk_id, article_id, object_id, text, words)
        select 'article', desk_id, id, id, lines, factcheck_words_of(language, lines)
        from added, factcheck_lines(title, byline, outlet) lines;
    return null;
end $$;
create trigger articles_found after insert on annotations_article referencing new table as added
    for each statement execute function factcheck_find_articles();

create function factcheck_find_article() returns trigger language plpgsql as $$
begin
    update annotations_searchentry set text = factcheck_lines(new.title, new.byline, new.outlet),
        words = factcheck_words_of(new.language, factcheck_lines(new.title, new.byline, new.outlet))
        where article_id = new.id and object_id = new.id;
    if new.language <> old.language then
        update annotations_searchentry set words = factcheck_words_of(new.language, text) where article_id = new.id;
    end if;
    return null;
end $$;
create trigger article_found after update on annotations_article for each row
    when ((old.title, old.byline, old.outlet, old.language) is distinct from (new.title, new.byline, new.outlet, new.language))
    execute function factcheck_find_article();

-- ── Texts ──────────────────────────────────────────────────────────────────────────────────────────────────────────
-- A paragraph is one piece; what is longer than 20,000 code points is cut, between words where there are any.
create function factcheck_pieces(revision uuid, first integer, last integer)
returns table (start integer, piece text) language plpgsql stable as $$
declare
    space integer;
begin
    start := first;
    while start < last loop
        piece := factcheck_words(revision, start, least(start + 20000, last));
        if start + 20000 < last then
            space := strpos(reverse(right(piece, 200)), ' ');
            piece := left(piece, 20000 - greatest(space - 1, 0));
        end if;
        return next;
        start := start + char_length(piece);
    end loop;
end $$;

create function factcheck_find_blocks() returns trigger language plpgsql as $$
begin
    insert into annotations_searchentry (kind, desk_id, article_id, object_id, start, text, words)
        select 'text', r.desk_id, r.article_id, b.id, p.start, p.piece, factcheck_words_of(a.language, p.piece)
        from added b
        join annotations_revision r on r.id = b.revision_id
        join annotations_article a on a.id = r.article_id
        cross join lateral factcheck_pieces(r.id, b.start, b."end") p
        order by b.position, p.start;
    return null;
end $$;
create trigger blocks_found after insert on annotations_block referencing new table as added
    for each statement execute function factcheck_find_blocks();

-- The replaced text is no longer found, but annotations that stayed there are looked for through it.
create function factcheck_replace_text() returns trigger language plpgsql as $$
begin
    update annotations_searchentry set kind = 'older_text'
        where article_id = new.id and object_id in (select id from annotations_block where revision_id = old.revision_id);
    return null;
end $$;
create trigger article_text_found after update on annotations_article for each row
    when (old.revision_id is distinct from new.revision_id) execute function factcheck_replace_text();

-- ── Annotations ────────────────────────────────────────────────────────────────────────────────────────────────────
create function factcheck_find_annotations() returns trigger language plpgsql as $$
begin
    insert into annotations_searchentry (kind, desk_id, article_id, annotation_id, object_id, text, fragments, words)
        select 'annotation', n.desk_id, n.article_id, n.id, n.id, lines, factcheck_lines(n.claim, n.note),
            factcheck_words_of(a.language, lines)
        from added n
        join annotations_article a on a.id = n.article_id
        cross join lateral factcheck_lines(n.exact, n.claim, n.note) lines;
    return null;
end $$;
create trigger annotations_found after insert on annotations_annotation referencing new table as added
    for each statement execute function factcheck_find_annotations();

create function factcheck_find_annotation() returns trigger language plpgsql as $$
begin
    update annotations_searchentry e
        set text = lines, fragments = factcheck_lines(new.claim, new.note), words = factcheck_words_of(a.language, lines)
        from annotations_article a, factcheck_lines(new.exact, new.claim, new.note) lines
        where e.article_id = new.article_id and e.object_id = new.id and a.id = new.article_id;
    return null;
end $$;
create trigger annotation_found after update on annotations_annotation for each row
    when ((old.exact, old.claim, old.note) is distinct from (new.exact, new.claim, new.note))
    execute function factcheck_find_annotation();

-- ── Evidence and comments ──────────────────────────────────────────────────────────────────────────────────────────
create function factcheck_find_evidence() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        delete from annotations_searchentry where object_id = new.id and article_id =
            (select article_id from annotations_annotation where id = new.annotation_id);
    end if;
    insert into annotations_searchentry (kind, desk_id, article_id, annotation_id, object_id, text, words)
        select 'evidence', new.desk_id, a.id, n.id, new.id, lines, factcheck_words_of(a.language, lines)
        from annotations_annotation n
        join annotations_article a on a.id = n.article_id
        cross join lateral factcheck_lines(new.title, new.publisher, new.quote, new.locator, new.url) lines
        where n.id = new.annotation_id and new.retired_at is null;
    return null;
end $$;
create trigger evidence_found after insert on annotations_evidence for each row execute function factcheck_find_evidence();
create trigger evidence_found_again after update on annotations_evidence for each row
    when (old.retired_at is distinct from new.retired_at) execute function factcheck_find_evidence();

create function factcheck_find_comment() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        delete from annotations_searchentry where object_id = new.id and article_id =
            (select article_id from annotations_annotation where id = new.annotation_id);
    end if;
    insert into annotations_searchentry (kind, desk_id, article_id, annotation_id, object_id, text, words)
        select 'comment', new.desk_id, a.id, n.id, new.id, lines, factcheck_words_of(a.language, lines)
        from annotations_annotation n
        join annotations_article a on a.id = n.article_id
        cross join lateral factcheck_lines(new.text, new.outcome) lines
        where n.id = new.annotation_id;
    return null;
end $$;
create trigger comment_found after insert on annotations_comment for each row execute function factcheck_find_comment();
create trigger comment_found_again after update on annotations_comment for each row
    when ((old.text, old.outcome) is distinct from (new.text, new.outcome)) execute function factcheck_find_comment();

-- ── What is there already ──────────────────────────────────────────────────────────────────────────────────────────
insert into annotations_searchentry (kind, desk_id, article_id, object_id, text, words)
    select 'article', desk_id, id, id, lines, factcheck_words_of(language, lines)
    from annotations_article, factcheck_lines(title, byline, outlet) lines order by id;
insert into annotations_searchentry (kind, desk_id, article_id, object_id, start, text, words)
    select case when r.id = a.revision_id then 'text' else 'older_text' end, a.desk_id, a.id, b.id, p.start, p.piece,
        factcheck_words_of(a.language, p.piece)
    from annotations_article a
    join annotations_revision r on r.article_id = a.id
    join annotations_block b on b.revision_id = r.id
    cross join lateral factcheck_pieces(r.id, b.start, b."end") p order by r.id, b.position, p.start;
insert into annotations_searchentry (kind, desk_id, article_id, annotation_id, object_id, text, fragments, words)
    select 'annotation', n.desk_id, n.article_id, n.id, n.id, lines, factcheck_lines(n.claim, n.note),
        factcheck_words_of(a.language, lines)
    from annotations_annotation n join annotations_article a on a.id = n.article_id
    cross join lateral factcheck_lines(n.exact, n.claim, n.note) lines order by n.id;
insert into annotations_searchentry (kind, desk_id, article_id, annotation_id, object_id, text, words)
    select 'evidence', e.desk_id, a.id, n.id, e.id, lines, factcheck_words_of(a.language, lines)
    from annotations_evidence e join annotations_annotation n on n.id = e.annotation_id
    join annotations_article a on a.id = n.article_id
    cross join lateral factcheck_lines(e.title, e.publisher, e.quote, e.locator, e.url) lines
    where e.retired_at is null order by e.id;
insert into annotations_searchentry (kind, desk_id, article_id, annotation_id, object_id, text, words)
    select 'comment', c.desk_id, a.id, n.id, c.id, lines, factcheck_words_of(a.language, lines)
    from annotations_comment c join annotations_annotation n on n.id = c.annotation_id
    join annotations_article a on a.id = n.article_id
    cross join lateral factcheck_lines(c.text, c.outcome) lines order by c.id;
