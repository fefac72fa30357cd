package dev.gatehouse.it.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A page in Prometheus' text format 0.0.4, read as strictly as a server that wants to be annoyed by it: every line is
/// understood; each family has one HELP and one TYPE before its samples and stands in one piece; no series comes
/// twice; the buckets of a histogram rise to `+Inf`, which is its count.
final class Exposition {
    private static final Pattern META = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (-?[0-9.]+(?:E-?[0-9]+)?|\\+Inf|NaN)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Set<String> helps = new LinkedHashSet<>();
    private final Map<String, Double> series = new LinkedHashMap<>();
    private final Map<String, List<double[]>> buckets = new LinkedHashMap<>();
    private String family = "";

    private Exposition(String text) {
        assertThat(text).endsWith("\n");
        text.lines().forEach(this::read);
        types.forEach((name, type) -> {
            if (type.equals("histogram")) {
                checkHistogram(name);
            }
        });
    }

    /// @throws AssertionError with the line that is not as it should be
    static Exposition of(String text) {
        return new Exposition(text);
    }

    /// Names of families with their types.
    Map<String, String> types() {
        return types;
    }

    /// Every series, as `name{label=value, …}`, the labels sorted.
    Map<String, Double> series() {
        return series;
    }

    double value(String name) {
        assertThat(series).containsKey(name);
        return series.get(name);
    }

    private void read(String line) {
        Matcher meta = META.matcher(line);
        if (meta.matches()) {
            readMeta(meta.group(1), meta.group(2), meta.group(3), line);
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as("a line of the format: %s", line).isTrue();
        readSample(sample.group(1), sample.group(2) == null ? "" : sample.group(2), sample.group(3), line);
    }

    private void readMeta(String what, String name, String rest, String line) {
        if (what.equals("HELP")) {
            assertThat(helps.add(name)).as("the only one: %s", line).isTrue();
            return;
        }
        assertThat(TYPES).as(line).contains(rest);
        assertThat(types.put(name, rest)).as("the only one: %s", line).isNull();
        family = name;
    }

    private void readSample(String name, String labelText, String number, String line) {
        String type = types.get(family);
        String base = name;
        if ("histogram".equals(type) || "summary".equals(type)) {
            base = name.replaceFirst("_(bucket|sum|count)$", "");
        }
        assertThat(base).as("of the family it stands under: %s", line).isEqualTo(family);
        assertThat(helps).as(line).contains(family);
        Map<String, String> labels = labels(labelText, line);
        double value = number.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(number);
        assertThat(series.put(name + labels, value))
                .as("the only one: %s", line)
                .isNull();
        if (!"gauge".equals(type)) {
            assertThat(value).as(line).isNotNegative();
        }
        if ("counter".equals(type)) {
            assertThat(name).endsWith("_total");
        }
        String bound = labels.remove("le");
        if (name.endsWith("_bucket") && bound != null) {
            double le = bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
            buckets.computeIfAbsent(base + labels, none -> new ArrayList<>()).add(new double[] {le, value});
        }
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        int at = 0;
        while (at < text.length()) {
            assertThat(label.find(at) && label.start() == at)
                    .as("labels: %s", line)
                    .isTrue();
            assertThat(labels.put(label.group(1), label.group(2)))
                    .as("twice: %s", line)
                    .isNull();
            at = label.end();
        }
        return labels;
    }

    private void checkHistogram(String name) {
        buckets.forEach((key, all) -> {
            if (!key.startsWith(name + "{")) {
                return;
            }
            for (int i = 1; i < all.size(); i++) {
                assertThat(all.get(i)[0]).as("bounds of %s rise", key).isGreaterThan(all.get(i - 1)[0]);
                assertThat(all.get(i)[1]).as("buckets of %s rise", key).isGreaterThanOrEqualTo(all.get(i - 1)[1]);
            }
            assertThat(all.getLast()[0]).isEqualTo(Double.POSITIVE_INFINITY);
            String labels = key.substring(name.length());
            assertThat(value(name + "_count" + labels)).isEqualTo(all.getLast()[1]);
            assertThat(series).containsKey(name + "_sum" + labels);
        });
    }
}
