/// The slot `quota`: how many requests may come until the hour, the day, the week or the month is over, for
/// everybody by the same calendar. A quota is what was agreed on or bought; against floods there are rate limits,
/// which take care that it is not used up in a minute. Quotas of plans need no slot: they count wherever
/// `rate_limit` goes by plans.
@NullMarked
package dev.gatehouse.policy.ratelimit.quota;

import org.jspecify.annotations.NullMarked;
