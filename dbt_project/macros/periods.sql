{# Start of the fortnight a date lies in. Fortnights are counted from Monday 5 January 1970, so they never shift. #}
{% macro fortnight_start(day) -%}
    cast(
        date '1970-01-05' + cast(14 * floor(date_diff('day', date '1970-01-05', {{ day }}) / 14) as integer) as date
    )
{%- endmacro %}

{# From the first Monday of the lookback to its last, as an interval. #}
{% macro lookback() -%}
    interval '{{ 7 * (var('lookback_weeks') | int - 1) }} days'
{%- endmacro %}
