{# Start of the fortnight a date lies in. Fortnights are counted from Monday 5 January 1970, so they never shift. #}
{% macro fortnight_start(day) -%}
    cast(
        date '1970-01-05' + cast(14 * floor(date_diff('day', date '1970-01-05', {{ day }}) / 14) as integer) as date
    )
{%- endmacro %}

{# Whether a period that starts on `column` may change: it is the fortnight of the earliest night, or later. #}
{% macro period_changed(column, days_before=0) -%}
    {%- if is_incremental() and var('nights') -%}
        {{ column }} >= {{ fortnight_start("date '" ~ (var("nights") | min) ~ "'") }} - {{ days_before }}
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{# Periods too old to be kept go, and those computed anew lose rows of reps who no longer have a call in them. #}
{% macro forget_periods() -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where
            {{ period_changed('period_start_on') }}
            or period_start_on < (select min(week_start_on) from {{ ref('int_recent_weeks') }})
    {%- else -%}
        select 1
    {%- endif -%}
{%- endmacro %}
