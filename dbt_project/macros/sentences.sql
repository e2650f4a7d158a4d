{# First sentence of a text, as it stands there: of its first line that ends like a sentence, up to the first stop that is
   no abbreviation's and before something that can begin a sentence; without such a line the first one. #}
{% macro first_sentence(body) -%}
    {%- set closing = '["”’»)\\]」』]*' -%}
    {%- set short_forms = [
        "Mr",
        "Mrs",
        "Ms",
        "Mx",
        "Dr",
        "Prof",
        "Rev",
        "Fr",
        "St",
        "Ste",
        "Hon",
        "Sen",
        "Rep",
        "Gov",
        "Pres",
        "Atty",
        "Gen",
        "Maj",
        "Col",
        "Lt",
        "Capt",
        "Cmdr",
        "Adm",
        "Sgt",
        "Cpl",
        "Pvt",
        "Supt",
        "Insp",
        "Det",
        "Jr",
        "Sr",
        "Bros",
        "Inc",
        "Ltd",
        "Co",
        "Corp",
        "Dept",
        "Univ",
        "Ave",
        "Blvd",
        "Rd",
        "Mt",
        "Ft",
        "No",
        "Nos",
        "Vol",
        "Fig",
        "vs",
        "approx",
        "ca",
        "est",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
        "Mon",
        "Tue",
        "Tues",
        "Wed",
        "Thu",
        "Thur",
        "Thurs",
        "Fri",
        "Sat",
        "Sun",
        "Hr",
        "Nr",
        "bzw",
        "Mme",
        "Mlle",
        "Sra",
        "Dra",
        "Sig",
        "Dott",
        "Avv",
    ] -%}
    [
        rtrim(
            array_to_string(
                words[
                    1:coalesce(
                        [
                            place
                            for place in range(1, len(words) + 1)
                            if regexp_matches(words[place], '[.!?…。！？]{{ closing }}\s*$')
                            and not regexp_matches(
                                words[place], '^["“„«‘(\[]*(?:{{ short_forms | join("|") }}|(?:\p{L}[.])*\p{L})[.]\s*$'
                            )
                            and (
                                place = len(words)
                                or regexp_matches(words[place], '[。！？]')
                                or regexp_matches(words[place + 1], '^["“„«‘''(\[–—-]*[\p{Lu}\p{Lt}\p{Lo}\p{N}]')
                            )
                        ][1],
                        len(words)
                    )
                ],
                ''
            )
        )
        for words in [
            regexp_extract_all(
                coalesce(
                    nullif(regexp_extract({{ body }}, '(?m)^([^\n]*[.!?…。！？]{{ closing }})[ \t]*$', 1), ''),
                    split_part({{ body }}, chr(10), 1)
                ),
                '[^。！？\s]*[。！？]{{ closing }}\s*|\S+\s*'
            )
        ]
    ][1]
{%- endmacro %}
