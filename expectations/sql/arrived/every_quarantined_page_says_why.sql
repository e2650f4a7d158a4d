with
    pages as (select * from raw.pages),

    final as (
        select page_id, fate, reason
        from pages
        where
            night = getvariable('night')
            and (
                case
                    when fate = 'quarantined'
                    then
                        coalesce(reason, '') not in (
                            'binary',
                            'broken_gzip',
                            'empty',
                            'gallery',
                            'no_body',
                            'parse_error',
                            'section_front',
                            'unreadable_file',
                            'too_large',
                            'too_short',
                            'undecodable',
                            'unreadable_row',
                            'video_page'
                        )
                    else reason is not null
                end
            )
    )

select *
from final
