package dev.sluice.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Takes signals. The JDK's only way to is {@code sun.misc.Signal}, of the module jdk.unsupported; javac warns of each use of
 * it, and that cannot be switched off, so it is reached by its name.
 */
final class Signals {
    private Signals() {}

    /**
     * Runs {@code action} on a thread of its own whenever the signal comes; replaces what the JVM would do.
     *
     * @param name without SIG: {@code USR1}
     */
    static void take(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object taker = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, given) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), taker);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("signal " + name + ": " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("signal " + name, e);
        }
    }
}
