import io.grpc.testing.integration.TestServiceClient;
import java.util.Arrays;

/// Runs cases of gRPC's interoperability tests in one JVM, and says of each how it went. Compiled by the launcher of
/// Java, on a class path of grpc-java's own.
public final class InteropCases {
    /// @param args the cases, separated by commas, and what TestServiceClient wants to know
    public static void main(String[] args) {
        for (String name : args[0].split(",")) {
            String[] options = Arrays.copyOfRange(args, 1, args.length + 1);
            options[options.length - 1] = "--test_case=" + name;
            try {
                TestServiceClient.main(options);
                System.out.println("RESULT " + name + " passed");
            } catch (Throwable failed) {
                System.out.println("RESULT " + name + " failed");
                failed.printStackTrace();
            }
        }
        System.exit(0);
    }
}
