-- accepted + quarantined + already seen = pages offered, for every night.
select * from {{ ref("run_balance") }} where not is_balanced
