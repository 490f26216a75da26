{{ config(
    materialized='incremental', incremental_strategy='append',
    pre_hook="{{ forget_nights() }}", on_schema_change='fail'
) }}

with entries as (
    select * from {{ ref('stg_lake__delivered_entries') }}
    where {{ in_nights('batch_date') }}
),

calls as (
    select * from {{ ref('stg_lake__calls') }}
    where {{ in_nights('batch_date') }}
),

final as (
    select
        entries.batch_date,
        entries.entry,
        entries.call_id,
        entries.bytes,
        case
            when entries.used_as != 'call' then entries.used_as
            when calls.status = 'quarantined' then 'refused'
            else coalesce(calls.status, 'not processed')
        end as outcome,
        coalesce(entries.reason, calls.reason) as reason
    from entries
    left join calls on entries.call_id = calls.call_id and entries.batch_date = calls.batch_date
)

select * from final
