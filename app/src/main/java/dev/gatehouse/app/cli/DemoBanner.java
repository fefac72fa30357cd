package dev.gatehouse.app.cli;

import dev.gatehouse.app.demo.DemoFiles;
import dev.gatehouse.app.demo.DemoServices;
import java.util.List;

/// The demo's [Banner]: what it is, and what to do with it next.
final class DemoBanner {
    private DemoBanner() {}

    static Banner of(Launch launch, DemoServices services, StartTimes times) {
        Banner.Admin admin = launch.adminPlace();
        if (admin == null) {
            throw new IllegalStateException("the demo's file has an admin API");
        }
        String adminPort = admin.url().substring(admin.url().lastIndexOf(':') + 1);
        boolean usual = adminPort.equals(Integer.toString(DemoFiles.ADMIN_PORT));
        String contents = DemoServices.COUNT + " services inside this process, "
                + services.places().size() + " instances";
        return new Banner(
                Version.number(),
                Version.java(),
                ProcessHandle.current().pid(),
                new Banner.Config(DemoFiles.BUILT_IN, contents, true),
                RunOptions.listeners(launch.gateway()),
                usual ? admin : new Banner.Admin(admin.url(), admin.note() + "; " + DemoFiles.ADMIN_PORT + " is taken"),
                launch.config().routes(),
                "",
                List.of(),
                times,
                List.of(
                        new Banner.Section(
                                "TRY", commands(launch.gateway().address().getPort())),
                        new Banner.Section(
                                "OPEN",
                                List.of(
                                        beside(admin.url() + "/api/v1/services", "how each instance is"),
                                        beside(
                                                "./gatehouse status" + (usual ? "" : " --admin " + adminPort),
                                                "the same, for people"))),
                        new Banner.Section(
                                "NEXT",
                                List.of(beside(
                                        "./gatehouse demo --write my-gateway",
                                        "turns this demo into files you own   ·   Ctrl-C stops")))));
    }

    /// Each can be pasted as it stands, the remark with it.
    private static List<String> commands(int port) {
        String order = "curl localhost:" + port + "/orders -d '{\"restaurant\":\"r42\",\"items\":[\"Pad Thai\"]}'";
        return List.of(
                remarked("curl localhost:" + port + "/menus/r42", "again and again: three instances take turns"),
                remarked(order, "an order; then: curl localhost:" + port + "/orders"),
                remarked("./gatehouse explain GET /menu/r42", "why is this a 404?"));
    }

    private static String beside(String place, String what) {
        return place + " ".repeat(Math.max(2, 42 - place.length())) + what;
    }

    private static String remarked(String command, String remark) {
        return command + " ".repeat(Math.max(2, 76 - command.length())) + "# " + remark;
    }
}
