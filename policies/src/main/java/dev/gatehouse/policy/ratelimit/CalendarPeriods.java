package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.Rate;
import dev.gatehouse.api.time.TimeSource;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The hour, day, week and month that it is, in a time zone. The last answer is kept, so that most requests
/// compare two numbers. Safe for threads.
public final class CalendarPeriods {
    private final TimeSource time;
    private final ZoneId zone;
    private final Map<Rate.Calendar, Period> current = new ConcurrentHashMap<>();

    private record Period(long fromMillis, long untilMillis) {}

    public CalendarPeriods(TimeSource time, ZoneId zone) {
        this.time = time;
        this.zone = zone;
    }

    /// So many in the hour, day, week or month that it is now.
    public LimitRule.Calendar rule(long limit, Rate.Calendar unit) {
        long now = time.now().toEpochMilli();
        Period period = current.get(unit);
        if (period == null || now < period.fromMillis || now >= period.untilMillis) {
            period = period(unit);
            current.put(unit, period);
        }
        return new LimitRule.Calendar(limit, period.fromMillis, period.untilMillis);
    }

    private Period period(Rate.Calendar unit) {
        ZonedDateTime now = time.now().atZone(zone);
        ZonedDateTime day = now.toLocalDate().atStartOfDay(zone);
        return switch (unit) {
            case HOUR ->
                period(
                        now.truncatedTo(ChronoUnit.HOURS),
                        now.truncatedTo(ChronoUnit.HOURS).plusHours(1));
            case DAY -> period(day, now.toLocalDate().plusDays(1).atStartOfDay(zone));
            case WEEK -> {
                ZonedDateTime monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield period(monday, monday.plusWeeks(1));
            }
            case MONTH -> {
                ZonedDateTime first = day.with(TemporalAdjusters.firstDayOfMonth());
                yield period(first, first.plusMonths(1));
            }
        };
    }

    private static Period period(ZonedDateTime from, ZonedDateTime until) {
        return new Period(from.toInstant().toEpochMilli(), until.toInstant().toEpochMilli());
    }
}
