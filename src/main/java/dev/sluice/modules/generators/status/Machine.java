package dev.sluice.modules.generators.status;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system knows of the process and of itself; zeros where it tells nothing. */
final class Machine {
    /** Of {@code /proc}, whose clock has 100 ticks a second. */
    private static final double TICKS = 100;

    private final double[] load;
    private final double[] cpu;

    private Machine(double[] load, double[] cpu) {
        this.load = load;
        this.cpu = cpu;
    }

    static Machine now() {
        double[] load = new double[3];
        String[] averages = words("/proc/loadavg", "");
        for (int i = 0; i < 3 && i < averages.length; i++) {
            load[i] = number(averages[i]);
        }
        // Behind the name, which stands in parentheses and may have blanks in it, the times are the 12th word and on.
        String[] stat = words("/proc/self/stat", ") ");
        double[] cpu = new double[4];
        for (int i = 0; i < 4 && i + 11 < stat.length; i++) {
            cpu[i] = number(stat[i + 11]) / TICKS;
        }
        return new Machine(load, cpu);
    }

    /** The average of one, five or fifteen minutes, by index. */
    double load(int index) {
        return load[index];
    }

    /** Seconds of the process in its own code, by index 0, and in the system's; then the same of children that ended. */
    double cpu(int index) {
        return cpu[index];
    }

    double cpuSeconds() {
        return cpu[0] + cpu[1] + cpu[2] + cpu[3];
    }

    private static String[] words(String file, String behind) {
        try {
            String text = Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
            int at = behind.isEmpty() ? 0 : text.lastIndexOf(behind) + behind.length();
            return text.substring(Math.max(0, at)).strip().split(" ");
        } catch (IOException e) {
            return new String[0];
        }
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
