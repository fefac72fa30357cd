package dev.gatehouse.it.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The walls of ARCHITECTURE.md: who may import whom, and what things may be called.
///
/// Most walls between modules are Maven's already. They stand here too, because a dependency is quickly added to a
/// POM, and because the walls inside `engine` are guarded by nobody else. A rule about a package that does not
/// exist yet holds; `sees_the_code_it_judges` makes sure that this is not because nothing was looked at.
class ArchitectureTest {

    private static final String JDK = "java..";
    private static final String JDK_EXTENSIONS = "javax..";
    private static final String JSPECIFY = "org.jspecify..";

    /// The parts of Netty that own sockets and threads.
    private static final String[] NETTY_CHANNELS = {
        "io.netty.channel..", "io.netty.bootstrap..", "io.netty.handler..", "io.netty.resolver.."
    };

    private static final String[] MAY_SEE_CHANNELS = {
        "dev.gatehouse.engine.listener..",
        "dev.gatehouse.engine.http2..",
        "dev.gatehouse.engine.service.connection..",
        "dev.gatehouse.engine.tls..",
        "dev.gatehouse.engine.net..",
        "dev.gatehouse.redis.."
    };

    /// The testkit holds no buffers: it counts the ones others forgot.
    private static final String[] MAY_SEE_BUFFERS_TOO = {
        "dev.gatehouse.http1..",
        "dev.gatehouse.engine.exchange..",
        "dev.gatehouse.engine.grpc..",
        "dev.gatehouse.engine.target..",
        "dev.gatehouse.engine.explain..",
        "dev.gatehouse.testkit.."
    };

    private static final Set<String> NAMES_THAT_SAY_NOTHING =
            Set.of("util", "utils", "common", "core", "impl", "helper");

    /// Main code of every module the gateway and its plug-ins are made of, read once: it takes a second.
    private static final JavaClasses GATEHOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.gatehouse");

    @Test
    void sees_the_code_it_judges() {
        for (var module : List.of("api", "http1", "engine")) {
            var seen = GATEHOUSE.that(are(resideInAnyPackage("dev.gatehouse." + module + "..")));
            assertThat(seen).as("classes of %s", module).isNotEmpty();
        }
    }

    // Between modules

    @Test
    void the_api_imports_only_the_jdk_and_jspecify() {
        holds(classes()
                .that()
                .resideInAPackage("dev.gatehouse.api..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.gatehouse.api..", JDK, JDK_EXTENSIONS, JSPECIFY)
                .because("a plug-in author gets nothing on the class path but the API"));
    }

    @Test
    void http1_imports_only_netty_buffers() {
        holds(classes()
                .that()
                .resideInAPackage("dev.gatehouse.http1..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.gatehouse.http1..", "io.netty.buffer..", "io.netty.util..", JDK, JSPECIFY)
                .because("the codec is bytes in, bytes out: no channel, no event loop"));
    }

    @Test
    void the_schema_processor_imports_no_other_module() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.gatehouse.schema..")
                .should()
                .dependOnClassesThat(ofGatehouseOutside("dev.gatehouse.schema.."))
                .because("it runs inside javac, before the other modules are compiled"));
    }

    @Test
    void policies_import_only_the_api() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.gatehouse.policy..")
                .should()
                .dependOnClassesThat(ofGatehouseOutside("dev.gatehouse.policy..", "dev.gatehouse.api.."))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .because("a built-in policy may do what a plug-in may do, and no more"));
    }

    @Test
    void policies_do_not_import_each_other() {
        holds(slices().matching("dev.gatehouse.policy.(*)..").should().notDependOnEachOther());
    }

    @Test
    void nobody_imports_a_policy() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("dev.gatehouse.policy..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.gatehouse.policy..")
                .because("adding a policy touches no file outside its folder"));
    }

    @Test
    void the_exporter_of_traces_imports_what_watches_need_and_nothing_else_of_the_engine() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.gatehouse.otel..")
                .should()
                .dependOnClassesThat(ofGatehouseOutside(
                        "dev.gatehouse.otel..",
                        "dev.gatehouse.engine.config",
                        "dev.gatehouse.engine.telemetry",
                        "dev.gatehouse.api.."))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .because("it watches exchanges: a copy of a summary is all it has"));
    }

    @Test
    void only_the_exporter_of_traces_sees_opentelemetry() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("dev.gatehouse.otel..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .because("a gateway without tracing loads none of it"));
    }

    @Test
    void what_talks_to_issuers_imports_what_certificates_need_and_nothing_else_of_the_engine() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.gatehouse.acme..")
                .should()
                .dependOnClassesThat(ofGatehouseOutside(
                        "dev.gatehouse.acme..",
                        "dev.gatehouse.engine.config",
                        "dev.gatehouse.engine.telemetry",
                        "dev.gatehouse.engine.tls.acme",
                        "dev.gatehouse.api.."))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .because("it brings certificates: the engine shows them, and answers the issuer"));
    }

    @Test
    void only_what_talks_to_issuers_sees_acme4j() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("dev.gatehouse.acme..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.shredzone..")
                .because("a gateway that is given its certificates loads none of it"));
    }

    @Test
    void only_what_talks_to_issuers_or_hashes_passwords_sees_bouncy_castle() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.gatehouse.acme..", "dev.gatehouse.policy.auth.basic", "dev.gatehouse.app.password")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .because("the JDK has everything else"));
    }

    @Test
    void the_shared_store_imports_the_api_and_nothing_else_of_gatehouse() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.gatehouse.redis..")
                .should()
                .dependOnClassesThat(ofGatehouseOutside("dev.gatehouse.redis..", "dev.gatehouse.api.."))
                .because("a store is a plug-in like any other"));
    }

    @Test
    void only_the_shared_store_sees_lettuce() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("dev.gatehouse.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.lettuce..", "reactor..")
                .because("a gateway that shares nothing loads none of it"));
    }

    @Test
    void the_engine_imports_only_http1_and_the_api() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.gatehouse.engine..")
                .should()
                .dependOnClassesThat(
                        ofGatehouseOutside("dev.gatehouse.engine..", "dev.gatehouse.http1..", "dev.gatehouse.api..")));
    }

    @Test
    void the_testkit_imports_only_the_engine_and_the_api() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.gatehouse.testkit..")
                .should()
                .dependOnClassesThat(ofGatehouseOutside(
                        "dev.gatehouse.testkit..", "dev.gatehouse.engine..", "dev.gatehouse.api..")));
    }

    @Test
    void nobody_imports_the_app() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("dev.gatehouse.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.gatehouse.app.."));
    }

    // Netty

    @Test
    void only_listeners_connections_tls_and_net_see_channels() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(MAY_SEE_CHANNELS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(NETTY_CHANNELS)
                .because("what owns a socket or a thread is found in four places"));
    }

    @Test
    void only_what_moves_bytes_sees_buffers() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(MAY_SEE_CHANNELS)
                .and()
                .resideOutsideOfPackages(MAY_SEE_BUFFERS_TOO)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty.buffer..")
                .because("a reference-counted buffer that travels far is a buffer that leaks"));
    }

    // Inside the engine

    /// ```
    /// explain ─► snapshot ─► listener ─► exchange ─► routing
    ///               │                        └────► target ─► service
    ///               └► config        consumer, http2, net, tls, store, telemetry ◄──┘    all ──► api
    /// ```
    ///
    /// Upper may import lower, also over several steps. The records of `config` are the contract between what was
    /// written and what runs: everything above `net` may read them.
    @Test
    void the_engine_imports_downwards() {
        holds(layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("engine")
                .definedBy("dev.gatehouse.engine")
                .layer("explain")
                .definedBy("dev.gatehouse.engine.explain..")
                .layer("snapshot")
                .definedBy("dev.gatehouse.engine.snapshot..")
                .layer("listener")
                .definedBy("dev.gatehouse.engine.listener..")
                .layer("exchange")
                .definedBy("dev.gatehouse.engine.exchange..")
                .layer("routing")
                .definedBy("dev.gatehouse.engine.routing..")
                .layer("target")
                .definedBy("dev.gatehouse.engine.target..")
                .layer("service")
                .definedBy("dev.gatehouse.engine.service..")
                .layer("consumer")
                .definedBy("dev.gatehouse.engine.consumer..")
                .layer("tls")
                .definedBy("dev.gatehouse.engine.tls..")
                .layer("store")
                .definedBy("dev.gatehouse.engine.store..")
                .layer("telemetry")
                .definedBy("dev.gatehouse.engine.telemetry..")
                .layer("http2")
                .definedBy("dev.gatehouse.engine.http2..")
                .layer("net")
                .definedBy("dev.gatehouse.engine.net..")
                .layer("config")
                .definedBy("dev.gatehouse.engine.config..")
                .whereLayer("engine")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("explain")
                .mayOnlyBeAccessedByLayers("engine")
                .whereLayer("snapshot")
                .mayOnlyBeAccessedByLayers("engine", "explain")
                .whereLayer("listener")
                .mayOnlyBeAccessedByLayers("engine", "snapshot")
                .whereLayer("exchange")
                .mayOnlyBeAccessedByLayers("engine", "explain", "snapshot", "listener")
                .whereLayer("routing")
                .mayOnlyBeAccessedByLayers("engine", "explain", "snapshot", "listener", "exchange")
                .whereLayer("target")
                .mayOnlyBeAccessedByLayers("engine", "explain", "snapshot", "listener", "exchange")
                .whereLayer("service")
                .mayOnlyBeAccessedByLayers("engine", "explain", "snapshot", "listener", "exchange", "target")
                .whereLayer("http2")
                .mayOnlyBeAccessedByLayers("listener", "service")
                .whereLayer("http2")
                .mayOnlyAccessLayers("net")
                .whereLayer("net")
                .mayNotAccessAnyLayer()
                .whereLayer("config")
                .mayNotAccessAnyLayer());
    }

    @Test
    void the_parts_of_the_engine_form_no_cycle() {
        holds(slices().matching("dev.gatehouse.engine.(*)..").should().beFreeOfCycles());
    }

    @Test
    void packages_form_no_cycle() {
        holds(slices().matching("dev.gatehouse.(**)").should().beFreeOfCycles());
    }

    // Names

    @Test
    void packages_are_named_for_what_they_hold() {
        assertThat(packages())
                .allSatisfy(name -> assertThat(name.split("\\.")).doesNotContainAnyElementsOf(NAMES_THAT_SAY_NOTHING));
    }

    @Test
    void classes_are_named_for_what_they_are() {
        holds(noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl|Data|Info)"));
    }

    @Test
    void a_handler_is_a_handler_of_netty() {
        holds(classes()
                .that()
                .haveSimpleNameEndingWith("Handler")
                .should()
                .beAssignableTo("io.netty.channel.ChannelHandler"));
    }

    @Test
    void accessors_of_the_api_have_no_get() {
        holds(noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("dev.gatehouse.api..")
                .and()
                .arePublic()
                .and()
                .haveRawParameterTypes(new Class<?>[0])
                .should()
                .haveNameMatching("get[A-Z].*"));
    }

    @Test
    void every_package_is_null_marked() {
        var unmarked = new TreeSet<String>();
        for (var type : GATEHOUSE) {
            if (!isNullMarked(type.getPackage())) {
                unmarked.add(type.getPackageName());
            }
        }
        assertThat(unmarked)
                .as("packages without @NullMarked on their package-info")
                .isEmpty();
    }

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(GATEHOUSE);
    }

    private static DescribedPredicate<JavaClass> ofGatehouseOutside(String... packages) {
        return resideInAnyPackage("dev.gatehouse..").and(resideOutsideOfPackages(packages));
    }

    private static Set<String> packages() {
        var names = new TreeSet<String>();
        for (var type : GATEHOUSE) {
            names.add(type.getPackageName());
        }
        return names;
    }

    private static boolean isNullMarked(JavaPackage javaPackage) {
        return javaPackage.tryGetPackageInfo().isPresent() && javaPackage.isAnnotatedWith(NullMarked.class);
    }
}
