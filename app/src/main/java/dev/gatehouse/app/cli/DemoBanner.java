package dev.gatehouse.app.cli;

import dev.gatehouse.app.demo.DemoFiles;
import dev.gatehouse.app.demo.DemoKey;
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
        String contents = DemoServices.COUNT + " services inside this process, " + DemoServices.INSTANCE_COUNT
                + " instances, an identity provider";
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
                                        beside(
                                                "http://localhost:"
                                                        + launch.gateway()
                                                                .address()
                                                                .getPort() + "/me",
                                                "a login: alice, sam or root; the password is the name"),
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
        String here = "curl localhost:" + port;
        String token = " -H \"Authorization: Bearer $(./gatehouse token demo --sub u1)\"";
        return List.of(
                remarked(here + "/menus/r42", "again and again: three instances take turns"),
                remarked(here + "/users/u1" + token, "as alice, a customer"),
                remarked(
                        here + "/menus/r42 -H 'X-API-Key: " + DemoKey.FREE.text() + "'", "a partner with a small plan"),
                remarked("./gatehouse explain DELETE /orders/9 --as u1", "why is this a 403?"),
                remarked("./gatehouse explain GET /menu/r42", "why is this a 404?"));
    }

    private static String beside(String place, String what) {
        return place + " ".repeat(Math.max(2, 42 - place.length())) + what;
    }

    private static String remarked(String command, String remark) {
        return command + " ".repeat(Math.max(2, 76 - command.length())) + "# " + remark;
    }
}
