with check_results as (
    select * from {{ ref('stg_lake__check_results') }}
),

latest as (
    select *
    from check_results
    qualify checked_at = max(checked_at) over (partition by suite)
),

final as (
    select
        suite,
        expectation,
        table_name,
        column_name,
        is_success,
        is_blocking,
        observed,
        run_id,
        batch_date,
        checked_at
    from latest
)

select * from final
