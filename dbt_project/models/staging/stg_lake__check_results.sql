with source as (
    select * from {{ source('lake', 'check_results') }}
),

final as (
    select
        run_id,
        suite,
        expectation,
        table_name,
        column_name,
        is_success,
        is_blocking,
        observed,
        checked_at,
        batch_date
    from source
)

select * from final
