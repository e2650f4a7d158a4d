-- The raw layer: what the nights brought and what was read from it. Written only by extract/warehouse.py, a night at a
-- time; every table but outlets and agencies carries `night`, so a night is replaced whole, in one transaction.
-- No primary keys: their indexes would have to fit in memory and forbid replacing a night in one transaction; gate 1
-- proves the keys instead. Offsets are in characters. Times are UTC without zone (TIMESTAMP). Keys are strings.

create schema if not exists raw;

create table if not exists raw.nights (
    night date not null,
    pages bigint not null,
    sources_digest varchar not null,
    extractor_version varchar not null
);
comment on table raw.nights is 'One row per night that was loaded.';
comment on column raw.nights.night is 'The day whose pages were collected (UTC).';
comment on column raw.nights.pages is 'Input pages the sources offered that night; the left side of the balance.';
comment on column raw.nights.sources_digest is 'SHA-256 of the sources file the night was run with.';
comment on column raw.nights.extractor_version is 'Version of the code and models that read the pages.';

create table if not exists raw.outlets (
    outlet_id varchar not null,
    outlet_name varchar not null,
    hosts varchar not null,
    time_zone varchar,
    country varchar
);
comment on table raw.outlets is 'One row per outlet ever declared in a sources file; the latest declaration wins.';
comment on column raw.outlets.outlet_id is 'Short name, as written in sources.yml.';
comment on column raw.outlets.outlet_name is 'Name as readers know it.';
comment on column raw.outlets.hosts is 'Host names that belong to the outlet, separated by spaces.';
comment on column raw.outlets.time_zone is 'IANA zone its pages write local times in; null when unknown.';
comment on column raw.outlets.country is 'ISO 3166-1 alpha-2 code; null when unknown.';

create table if not exists raw.pages (
    night date not null,
    page_id varchar not null,
    version_key varchar not null,
    source_id varchar not null,
    origin varchar not null,
    url varchar,
    fetched_at timestamp,
    media varchar not null,
    content_sha256 varchar not null,
    content_bytes bigint not null,
    given_title varchar,
    given_published_at varchar,
    given_outlet varchar,
    fate varchar not null,
    reason varchar,
    detail varchar
);
comment on table raw.pages is 'One row per input page of a night, with what the extraction made of it.';
comment on column raw.pages.night is 'Night that collected the page.';
comment on column raw.pages.page_id is 'Key: digest of night, source, origin, content and ordinal.';
comment on column raw.pages.version_key is 'Digest of the locator (url, else source) and the content: equal for the same page met again.';
comment on column raw.pages.source_id is 'Source in sources.yml that offered it.';
comment on column raw.pages.origin is 'Where in the source: file path or row id.';
comment on column raw.pages.url is 'URL the source gave; null when it gave none.';
comment on column raw.pages.fetched_at is 'When the crawler fetched it (UTC), if the source says so.';
comment on column raw.pages.media is 'html, text (a dump) or body (already clean).';
comment on column raw.pages.content_sha256 is 'SHA-256 of the bytes; names the file in the page store.';
comment on column raw.pages.content_bytes is 'Size of the bytes.';
comment on column raw.pages.given_title is 'Title given by the source row, if any.';
comment on column raw.pages.given_published_at is 'Publication time as the source row wrote it, if any.';
comment on column raw.pages.given_outlet is 'Outlet named by the source or its row, if any.';
comment on column raw.pages.fate is 'accepted, quarantined, or already_seen when the night itself brought it twice; marts.page_fates decides over all nights.';
comment on column raw.pages.reason is 'Why it was quarantined; null otherwise.';
comment on column raw.pages.detail is 'Words for a person: the error, or the page it repeats.';

create table if not exists raw.documents (
    night date not null,
    page_id varchar not null,
    kind varchar not null,
    outlet_id varchar,
    outlet_evidence varchar,
    canonical_url varchar,
    title varchar,
    title_source varchar,
    standfirst varchar,
    body varchar not null,
    body_sha256 varchar not null,
    byline varchar,
    agency varchar,
    agency_evidence varchar,
    has_syndication_notice boolean not null,
    syndication_evidence varchar,
    dateline_place varchar,
    dateline_day varchar,
    dateline_month bigint,
    dateline_day_of_month bigint,
    language varchar not null,
    language_confidence double not null,
    language_share double not null,
    other_language varchar,
    completeness varchar not null,
    completeness_evidence varchar,
    encoding varchar not null,
    encoding_evidence varchar not null,
    is_mojibake_repaired boolean not null,
    word_count bigint not null,
    paragraph_count bigint not null,
    cleaning_confidence double not null,
    cleaner varchar not null
);
-- For the few pages all over the history that a night's are compared with, as of raw.shingles.
create index if not exists documents_by_page on raw.documents (page_id);
comment on table raw.documents is 'One row per accepted page: its clean text and what the page says of itself.';
comment on column raw.documents.night is 'Night that collected the page.';
comment on column raw.documents.page_id is 'Page the text was read from.';
comment on column raw.documents.kind is 'article, live_blog, opinion, press_release or wire_brief.';
comment on column raw.documents.outlet_id is 'Outlet that published the page; null when there is no explicit evidence.';
comment on column raw.documents.outlet_evidence is 'How the outlet is known: given (by the source or its row), host or site_name (the name in the markup); null when unknown.';
comment on column raw.documents.canonical_url is 'The page''s own URL in normal form (raw.page_urls has every form); null when unknown.';
comment on column raw.documents.title is 'Headline; null when the page has none.';
comment on column raw.documents.title_source is 'Where the headline was read: given, heading, json_ld, open_graph, twitter, meta, head_title or line.';
comment on column raw.documents.standfirst is 'Summary paragraph under the headline; null when there is none.';
comment on column raw.documents.body is 'Clean text, paragraphs separated by a blank line; begins with the standfirst.';
comment on column raw.documents.body_sha256 is 'SHA-256 of the normalised body (case, punctuation, spacing and credits folded, without the standfirst).';
comment on column raw.documents.byline is 'People named as authors, separated by a semicolon; null when none.';
comment on column raw.documents.agency is 'News agency the page credits, in normal form; null when none.';
comment on column raw.documents.agency_evidence is 'Text the agency was read from.';
comment on column raw.documents.has_syndication_notice is 'The page says its text comes from a syndicated feed or that no own journalist took part.';
comment on column raw.documents.syndication_evidence is 'The words of that notice; null when there is none.';
comment on column raw.documents.dateline_place is 'Place in the dateline; null when there is none.';
comment on column raw.documents.dateline_day is 'Day in the dateline as written, such as Dec 30; null when it has none.';
comment on column raw.documents.dateline_month is 'Month of that day, 1 to 12; the dateline does not say of which year.';
comment on column raw.documents.dateline_day_of_month is 'Day of that month.';
comment on column raw.documents.language is 'ISO 639-1 code of the language that most of the body is in; und when it is too short or too odd to tell.';
comment on column raw.documents.language_confidence is 'Probability that the language is right, 0 to 1; lower for short texts.';
comment on column raw.documents.language_share is 'Share of the body that is in it, by characters, 0 to 1; 0 when it is und.';
comment on column raw.documents.other_language is 'Language of most of the rest; null when all is in one.';
comment on column raw.documents.completeness is 'full, truncated (by a paywall) or teaser.';
comment on column raw.documents.completeness_evidence is 'What says so; null when full.';
comment on column raw.documents.encoding is 'Character encoding the bytes were read with.';
comment on column raw.documents.encoding_evidence is 'How it was known: bom, meta, utf8, guessed.';
comment on column raw.documents.is_mojibake_repaired is 'Twice-encoded text was found and mended.';
comment on column raw.documents.word_count is 'Words of the body.';
comment on column raw.documents.paragraph_count is 'Paragraphs of the body.';
comment on column raw.documents.cleaning_confidence is 'Mean confidence of the kept and cut decisions, weighted by characters, 0 to 1.';
comment on column raw.documents.cleaner is 'Cleaner that read the page, with its version.';

create table if not exists raw.page_urls (
    night date not null,
    page_id varchar not null,
    url_no bigint not null,
    role varchar not null,
    url varchar not null,
    normal_url varchar not null,
    host_outlet_id varchar
);
comment on table raw.page_urls is 'One row per URL that an accepted page was known by, and the role it had there.';
comment on column raw.page_urls.night is 'Night that collected the page.';
comment on column raw.page_urls.page_id is 'Page the URL is of.';
comment on column raw.page_urls.url_no is 'Order, from 0.';
comment on column raw.page_urls.role is 'given (by the source), canonical, og (og:url), amphtml or alias (short link, mobile address).';
comment on column raw.page_urls.url is 'As written, made absolute.';
comment on column raw.page_urls.normal_url is 'Without tracking, mobile, AMP and print forms, archives and caches around it.';
comment on column raw.page_urls.host_outlet_id is 'Outlet that its host belongs to: declared, else the registered domain. Another one than the page''s is evidence of where the text comes from.';

create table if not exists raw.spans (
    night date not null,
    page_id varchar not null,
    span_no bigint not null,
    start_offset bigint not null,
    end_offset bigint not null,
    zone varchar not null,
    is_kept boolean not null,
    rule varchar not null,
    score double not null,
    text varchar not null
);
comment on table raw.spans is 'Pieces that tile a page''s decoded text without gap or overlap; concatenated in order they give it back exactly.';
comment on column raw.spans.night is 'Night that collected the page.';
comment on column raw.spans.page_id is 'Page the span belongs to.';
comment on column raw.spans.span_no is 'Order in the page, from 0.';
comment on column raw.spans.start_offset is 'First character in the decoded page text.';
comment on column raw.spans.end_offset is 'One past the last character.';
comment on column raw.spans.zone is 'What the piece is: body, title, nav, paywall, related and so on.';
comment on column raw.spans.is_kept is 'True when the piece is part of the clean body.';
comment on column raw.spans.rule is 'Rule, template or model that decided.';
comment on column raw.spans.score is 'How sure it was, 0 to 1.';
comment on column raw.spans.text is 'The piece itself, line ends included.';

create table if not exists raw.blocks (
    night date not null,
    page_id varchar not null,
    block_no bigint not null,
    outlet_id varchar,
    locator varchar not null,
    block_key ubigint not null,
    char_count bigint not null,
    text varchar not null
);
comment on table raw.blocks is 'One row per text block of a parsed page, before anything is cut; templates are learned from it.';
comment on column raw.blocks.night is 'Night that collected the page.';
comment on column raw.blocks.page_id is 'Page the block belongs to.';
comment on column raw.blocks.block_no is 'Order in the page, from 0.';
comment on column raw.blocks.outlet_id is 'Outlet of the page; null when unknown.';
comment on column raw.blocks.locator is 'Canonical URL, else the page: versions of one URL count once.';
comment on column raw.blocks.block_key is 'Hash of the normalised text: equal for blocks that say the same.';
comment on column raw.blocks.char_count is 'Characters of the stripped text.';
comment on column raw.blocks.text is 'First 200 characters of the stripped text.';

create table if not exists raw.outlet_templates (
    night date not null,
    outlet_id varchar not null,
    block_key ubigint not null,
    pages bigint not null,
    example varchar not null
);
comment on table raw.outlet_templates is 'Blocks that repeat across an outlet''s pages, as known when the night was annotated.';
comment on column raw.outlet_templates.night is 'Night that applied the template.';
comment on column raw.outlet_templates.outlet_id is 'Outlet whose pages repeat the block.';
comment on column raw.outlet_templates.block_key is 'Hash of the normalised block.';
comment on column raw.outlet_templates.pages is 'Distinct pages of the outlet that carried it, this night and the window before it.';
comment on column raw.outlet_templates.example is 'The block as one page wrote it.';

create table if not exists raw.times (
    night date not null,
    page_id varchar not null,
    time_no bigint not null,
    kind varchar not null,
    value_at timestamp not null,
    original_text varchar not null,
    zone_name varchar,
    zone_evidence varchar not null,
    precision varchar not null,
    source varchar not null,
    confidence double not null,
    start_offset bigint,
    end_offset bigint,
    is_chosen boolean not null,
    reason varchar not null
);
comment on table raw.times is 'One row per date or time a page gives for itself; at most one per kind is chosen.';
comment on column raw.times.night is 'Night that collected the page.';
comment on column raw.times.page_id is 'Page that gives the time.';
comment on column raw.times.time_no is 'Order, from 0.';
comment on column raw.times.kind is 'published, updated or created.';
comment on column raw.times.value_at is 'The time in UTC; midnight UTC of the day when only the day is known.';
comment on column raw.times.original_text is 'As the page wrote it.';
comment on column raw.times.zone_name is 'Zone or offset it was read in, or that of the page''s own clocks where the page shows both; null when none.';
comment on column raw.times.zone_evidence is 'explicit (written with it), abbreviation (read by the outlet''s country), outlet (its declared zone) or none.';
comment on column raw.times.precision is 'instant, minute, day or month.';
comment on column raw.times.source is 'given, json_ld, meta, microdata, time_tag, script, visible or url.';
comment on column raw.times.confidence is '0 to 1: how often a time of this source is right, given what other parts of the page say.';
comment on column raw.times.start_offset is 'First character of the evidence in the decoded text; null when it is not in the text.';
comment on column raw.times.end_offset is 'One past its last character.';
comment on column raw.times.is_chosen is 'True for the one value of its kind that the warehouse uses.';
comment on column raw.times.reason is 'Why it was chosen, or why not.';

create table if not exists raw.titles (
    night date not null,
    page_id varchar not null,
    title_no bigint not null,
    source varchar not null,
    original_text varchar not null,
    title varchar not null,
    is_chosen boolean not null,
    reason varchar not null
);
comment on table raw.titles is 'One row per headline a page or its source row gives; at most one is chosen.';
comment on column raw.titles.night is 'Night that collected the page.';
comment on column raw.titles.page_id is 'Page that gives the headline.';
comment on column raw.titles.title_no is 'Order, from 0.';
comment on column raw.titles.source is 'given (by the source row), heading, json_ld, open_graph, twitter, meta, head_title or line.';
comment on column raw.titles.original_text is 'As the page wrote it.';
comment on column raw.titles.title is 'Without the outlet''s name, the section before it and marks that nobody sees.';
comment on column raw.titles.is_chosen is 'True for the one that the warehouse uses.';
comment on column raw.titles.reason is 'Why it was chosen, or why not.';

create table if not exists raw.credits (
    night date not null,
    page_id varchar not null,
    credit_no bigint not null,
    role varchar not null,
    original_text varchar not null,
    name varchar not null,
    source varchar not null,
    start_offset bigint,
    end_offset bigint,
    is_chosen boolean not null,
    reason varchar not null
);
comment on table raw.credits is 'One row per person, agency, desk or organisation a page names as the author or the source of its text.';
comment on column raw.credits.night is 'Night that collected the page.';
comment on column raw.credits.page_id is 'Page that gives the credit.';
comment on column raw.credits.credit_no is 'Order, from 0.';
comment on column raw.credits.role is 'person, agency, desk, organisation, or upstream: whom the text is said to come from.';
comment on column raw.credits.original_text is 'The name as written.';
comment on column raw.credits.name is 'Normal name: that of raw.agencies for agencies, else as written.';
comment on column raw.credits.source is 'json_ld, meta, markup (an element marked as author), line, trailing or dateline.';
comment on column raw.credits.start_offset is 'First character of the name in the decoded text; null when it is not in the text.';
comment on column raw.credits.end_offset is 'One past its last character.';
comment on column raw.credits.is_chosen is 'True for those that the warehouse believes.';
comment on column raw.credits.reason is 'Why it is believed, or why not.';

create table if not exists raw.agencies (
    agency varchar not null,
    kind varchar not null,
    country varchar,
    aliases varchar not null
);
comment on table raw.agencies is 'One row per news agency that credits are read with: those built in and those ever declared in a sources file.';
comment on column raw.agencies.agency is 'Normal name.';
comment on column raw.agencies.kind is 'agency, or press_release for those who send out what companies pay for.';
comment on column raw.agencies.country is 'ISO 3166-1 alpha-2 code of its seat; null when unknown.';
comment on column raw.agencies.aliases is 'Other names and short forms, separated by a semicolon; empty when there are none.';

create table if not exists raw.shingles (
    night date not null,
    page_id varchar not null,
    shingles ubigint[] not null,
    number_places bigint[] not null,
    numbers ubigint[] not null
);
-- A night's texts are compared with a few that lie all over the history. Not unique, so a night is replaced in one
-- transaction as before; a row costs a microsecond and 60 bytes.
create index if not exists shingles_by_page on raw.shingles (page_id);
comment on table raw.shingles is 'Word 4-grams and numbers of a clean body, hashed; standfirst, credits and datelines masked.';
comment on column raw.shingles.night is 'Night that collected the page.';
comment on column raw.shingles.page_id is 'Page of the body.';
comment on column raw.shingles.shingles is '64-bit hashes of four consecutive words, in the order of the text.';
comment on column raw.shingles.number_places is 'Where the words with a digit stand, counted in words from 0.';
comment on column raw.shingles.numbers is '64-bit hashes of the words with a digit, in the order of the text.';

create table if not exists raw.terms (
    night date not null,
    page_id varchar not null,
    term varchar not null,
    title_count bigint not null,
    body_count bigint not null
);
comment on table raw.terms is 'Words of a title and body, lower-cased, without stop words.';
comment on column raw.terms.night is 'Night that collected the page.';
comment on column raw.terms.page_id is 'Page of the text.';
comment on column raw.terms.term is 'The word.';
comment on column raw.terms.title_count is 'Times it stands in the title.';
comment on column raw.terms.body_count is 'Times it stands in the body.';

create table if not exists raw.mentions (
    night date not null,
    page_id varchar not null,
    mention_no bigint not null,
    zone varchar not null,
    start_offset bigint not null,
    end_offset bigint not null,
    surface varchar not null,
    entity_type varchar not null,
    name_key varchar not null,
    resolved_key varchar not null,
    mention_kind varchar not null,
    country_code varchar,
    span_no bigint
);
comment on table raw.mentions is 'One row per place in a title, body or caption where an entity is named.';
comment on column raw.mentions.night is 'Night that collected the page.';
comment on column raw.mentions.page_id is 'Page that names it.';
comment on column raw.mentions.mention_no is 'Order, from 0.';
comment on column raw.mentions.zone is 'title, body, quote (in the body, inside a row of raw.quotes) or caption.';
comment on column raw.mentions.start_offset is 'First character within that zone''s text: raw.documents.title, raw.documents.body for body and quote, the text of its span for a caption.';
comment on column raw.mentions.end_offset is 'One past its last character.';
comment on column raw.mentions.surface is 'The name as written.';
comment on column raw.mentions.entity_type is 'PER, ORG, LOC or MISC, agreed over the document.';
comment on column raw.mentions.name_key is 'Normalised surface: folded case, no article, no possessive.';
comment on column raw.mentions.resolved_key is 'name_key of the fullest form of the same name in the document (a surname takes its full name, an acronym what it is short for); of a country or demonym that of its common form, in every document the same.';
comment on column raw.mentions.mention_kind is 'name, or demonym: "Russian" belongs to Russia and is not Russia.';
comment on column raw.mentions.country_code is 'ISO 3166-1 alpha-2 code of the country that a country''s name stands for, or a demonym belongs to; null for other names.';
comment on column raw.mentions.span_no is 'Span of the caption; null in other zones.';

create table if not exists raw.role_claims (
    night date not null,
    page_id varchar not null,
    claim_no bigint not null,
    mention_no bigint not null,
    zone varchar not null,
    span_no bigint,
    start_offset bigint not null,
    end_offset bigint not null,
    text varchar not null,
    role varchar not null,
    is_current boolean not null,
    country_code varchar,
    organisation_key varchar
);
comment on table raw.role_claims is 'One row per place where a text gives a person an office of a country or organisation, as in "Russian President Vladimir Putin".';
comment on column raw.role_claims.night is 'Night that collected the page.';
comment on column raw.role_claims.page_id is 'Page that says so.';
comment on column raw.role_claims.claim_no is 'Order, from 0.';
comment on column raw.role_claims.mention_no is 'Mention in raw.mentions of the person.';
comment on column raw.role_claims.zone is 'title, body, quote or caption.';
comment on column raw.role_claims.span_no is 'Span of the caption; null in other zones.';
comment on column raw.role_claims.start_offset is 'First character of the claim, offsets as in raw.mentions.';
comment on column raw.role_claims.end_offset is 'One past its last character.';
comment on column raw.role_claims.text is 'The claim as written, with office and names.';
comment on column raw.role_claims.role is 'Office in normal form, such as president or foreign minister.';
comment on column raw.role_claims.is_current is 'False for a former, elect or acting one.';
comment on column raw.role_claims.country_code is 'Country whose office it is (ISO 3166-1 alpha-2); null for that of an organisation or another place.';
comment on column raw.role_claims.organisation_key is 'Otherwise resolved_key of the organisation or place; null for that of a country.';

create table if not exists raw.knowledge (
    linked_id varchar not null,
    name varchar not null,
    entity_type varchar not null,
    country varchar,
    lies_in varchar[] not null,
    importance double not null,
    edition varchar not null
);
comment on table raw.knowledge is 'One row per place, organisation or other thing known by an id: the table that ships with Dateline and those a sources file names.';
comment on column raw.knowledge.linked_id is 'Wikidata id, else geonames: and its number there; ids of other files as they are written.';
comment on column raw.knowledge.name is 'What it is called in English.';
comment on column raw.knowledge.entity_type is 'PER, ORG, LOC or MISC.';
comment on column raw.knowledge.country is 'ISO 3166-1 alpha-2 code; null when it has none or several.';
comment on column raw.knowledge.lies_in is 'Ids of the country and region it lies in.';
comment on column raw.knowledge.importance is 'How much of a name is its own, compared among those of that name: inhabitants of a place, ten times those of a country, thirty times those of its capital; of others how often the sources speak of it.';
comment on column raw.knowledge.edition is 'Digest of the files the table was read from.';

create table if not exists raw.knowledge_names (
    linked_id varchar not null,
    name_key varchar not null,
    is_usual boolean not null,
    is_capitals boolean not null,
    is_common boolean not null
);
comment on table raw.knowledge_names is 'One row per known thing and name it goes by.';
comment on column raw.knowledge_names.linked_id is 'Id of the thing.';
comment on column raw.knowledge_names.name_key is 'The name as mentions are keyed: folded case, no article, no possessive.';
comment on column raw.knowledge_names.is_usual is 'True for what it is usually called, false for names that English seldom uses.';
comment on column raw.knowledge_names.is_capitals is 'The name is a short form in capitals: in small letters it is another word.';
comment on column raw.knowledge_names.is_common is 'The name is an English word that is written small, or made of such words alone.';

create table if not exists raw.common_words (word varchar not null);
comment on table raw.common_words is 'One row per English word that is written small: alone it is no evidence of a name.';
comment on column raw.common_words.word is 'The word in small letters.';

create table if not exists raw.nicknames (
    first_name varchar not null,
    nickname varchar not null
);
comment on table raw.nicknames is 'One row per first name and form of it that people are called by, as William and Bill.';
comment on column raw.nicknames.first_name is 'The first name in small letters.';
comment on column raw.nicknames.nickname is 'The form in small letters.';

create table if not exists raw.quotes (
    night date not null,
    page_id varchar not null,
    quote_no bigint not null,
    utterance_no bigint not null,
    start_offset bigint not null,
    end_offset bigint not null,
    text varchar not null,
    is_marked boolean not null,
    speaker varchar,
    speaker_key varchar,
    speaker_evidence varchar,
    verb varchar,
    quote_key ubigint not null,
    shingles ubigint[] not null
);
comment on table raw.quotes is 'One row per part of a quotation in a clean body; most have one part. A quotation has six words or more, all its parts together.';
comment on column raw.quotes.night is 'Night that collected the page.';
comment on column raw.quotes.page_id is 'Page that carries it.';
comment on column raw.quotes.quote_no is 'Order, from 0.';
comment on column raw.quotes.utterance_no is 'quote_no of the quotation''s first part: parts go on after an attribution ("A," she said, "and B") or in the next paragraph.';
comment on column raw.quotes.start_offset is 'First character in the body, inside the quotation marks.';
comment on column raw.quotes.end_offset is 'One past its last character.';
comment on column raw.quotes.text is 'The part without its marks.';
comment on column raw.quotes.is_marked is 'False for a paragraph without marks that the paragraph before announces as somebody''s words, with a colon.';
comment on column raw.quotes.speaker is 'Name the text attributes it to, as written there; null when it names nobody or leaves it open.';
comment on column raw.quotes.speaker_key is 'resolved_key of that name in the document.';
comment on column raw.quotes.speaker_evidence is 'named: its sentence names the speaker. pronoun: it says he or she. continued: it follows an attributed quotation. introduced: the sentence before says that somebody said so.';
comment on column raw.quotes.verb is 'Verb of attribution, its infinitive; null when there is none.';
comment on column raw.quotes.quote_key is 'Hash of the words of all parts (spelling variants folded): equal for the same quotation, and in all its parts.';
comment on column raw.quotes.shingles is 'Distinct hashes of the quotation''s word 4-grams, spelling variants folded; empty in all parts but the first.';

create table if not exists raw.quality_results (
    night date not null,
    gate varchar not null,
    run_no bigint not null,
    expectation varchar not null,
    severity varchar not null,
    is_met boolean not null,
    observed varchar,
    expected varchar,
    why varchar not null,
    next_step varchar not null
);
comment on table raw.quality_results is 'One row per expectation and run of a gate for a night, refused runs too.';
comment on column raw.quality_results.night is 'Night that was checked.';
comment on column raw.quality_results.gate is 'arrived (gate 1) or built (gate 2).';
comment on column raw.quality_results.run_no is 'Number of the run of this gate for this night, from 1; one that finds what the run before it found is the same run.';
comment on column raw.quality_results.expectation is 'Name of the expectation, a sentence in snake_case.';
comment on column raw.quality_results.severity is 'stop or warn.';
comment on column raw.quality_results.is_met is 'True when the warehouse meets it.';
comment on column raw.quality_results.observed is 'What was found.';
comment on column raw.quality_results.expected is 'What was asked for.';
comment on column raw.quality_results.why is 'Reason for the bound.';
comment on column raw.quality_results.next_step is 'What the person on call does about a breach.';

create table if not exists raw.quality_findings (
    night date not null,
    article_id varchar not null,
    outlet_id varchar,
    detector varchar not null,
    place varchar not null
);
comment on table raw.quality_findings is 'One row per place in a body of the night that gate 2 suspects to be no part of the article.';
comment on column raw.quality_findings.night is 'Night whose gate looked.';
comment on column raw.quality_findings.article_id is 'Article whose body holds the place.';
comment on column raw.quality_findings.outlet_id is 'Outlet that was first with it; null when unknown.';
comment on column raw.quality_findings.detector is 'What found it: a category of the lexicon (template, markup, paywall, price, menu, call, teaser, notice), or sentence, name, opening, line, tail.';
comment on column raw.quality_findings.place is 'The words.';

create table if not exists raw.outlet_drift (
    night date not null,
    scope varchar not null,
    subject_id varchar not null,
    figure varchar not null,
    value double not null,
    usual_value double not null,
    distance double not null,
    nights bigint not null,
    is_unusual boolean not null
);
comment on table raw.outlet_drift is 'One row per source or outlet and figure of a night, against its own history as gate 1 saw it.';
comment on column raw.outlet_drift.night is 'Night that was compared.';
comment on column raw.outlet_drift.scope is 'source or outlet.';
comment on column raw.outlet_drift.subject_id is 'The source or outlet.';
comment on column raw.outlet_drift.figure is 'pages, quarantined_share, words (median length of bodies), dated_share, language_share (of its usual language), cut_share (of characters), or silent_nights (nights without a page up to this one).';
comment on column raw.outlet_drift.value is 'The figure that night; lengths and shares of small outlets are those of the week that ends with it.';
comment on column raw.outlet_drift.usual_value is 'What is usual on such a weekday; while too few of them are known, the nearest value the history has. For silent_nights, the longest silence of the history.';
comment on column raw.outlet_drift.distance is 'How far it is out, in spreads of its history or of chance, whichever is wider.';
comment on column raw.outlet_drift.nights is 'Nights of history it was compared with.';
comment on column raw.outlet_drift.is_unusual is 'True where gate 1 warned: far out, of consequence, and not the state of things for a week already.';
