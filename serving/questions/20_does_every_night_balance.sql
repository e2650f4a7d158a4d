-- Does every night balance: pages in = accepted + quarantined + already seen, and why were pages set aside?
select run_balance.night, run_balance.pages, accepted, quarantined, already_seen, is_balanced,
    string_agg(reason || ' ' || run_balance_reasons.pages, ', ' order by reason) as reasons
from marts.run_balance
left join marts.run_balance_reasons using (night)
group by 1, 2, 3, 4, 5, 6
order by 1 desc
limit 7
