package io.aftersend.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "io.aftersend", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Path ROOT = Path.of("..");
  private static final int MAX_LINES = 400;

  @ArchTest
  static final ArchRule servicesMeetOnlyInSharedModules =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("schemas")
          .definedBy("io.aftersend.schemas..")
          .layer("links")
          .definedBy("io.aftersend.links..")
          .layer("runtime")
          .definedBy("io.aftersend.runtime..")
          .layer("edge")
          .definedBy("io.aftersend.edge..")
          .layer("processor")
          .definedBy("io.aftersend.processor..")
          .layer("query")
          .definedBy("io.aftersend.query..")
          .layer("embedded")
          .definedBy("io.aftersend.embedded..")
          .layer("standalone")
          .definedBy("io.aftersend.standalone..")
          .whereLayer("schemas")
          .mayOnlyBeAccessedByLayers("edge", "processor", "query", "embedded", "standalone")
          .whereLayer("links")
          .mayOnlyBeAccessedByLayers("edge", "query", "standalone")
          .whereLayer("runtime")
          .mayOnlyBeAccessedByLayers("edge", "processor", "query", "embedded", "standalone")
          .whereLayer("edge")
          .mayOnlyBeAccessedByLayers("standalone")
          .whereLayer("processor")
          .mayOnlyBeAccessedByLayers("standalone")
          .whereLayer("query")
          .mayOnlyBeAccessedByLayers("standalone")
          .whereLayer("embedded")
          .mayOnlyBeAccessedByLayers("standalone")
          .whereLayer("standalone")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.aftersend.(**)").should().beFreeOfCycles();

  @ArchTest static final ArchRule nettyStaysInTheEdge = onlyIn("io.netty..", "io.aftersend.edge..");

  @ArchTest
  static final ArchRule kafkaStreamsStaysInTheProcessor =
      onlyIn("org.apache.kafka.streams..", "io.aftersend.processor..");

  @ArchTest
  static final ArchRule databaseStaysWhereRowsAreReadAndWritten =
      noClasses()
          .that(
              resideInAPackage("io.aftersend..")
                  .and(
                      JavaClass.Predicates.resideOutsideOfPackages(
                          "io.aftersend.query..",
                          "io.aftersend.processor.sink..",
                          "io.aftersend.processor.rejudge..",
                          "io.aftersend.schemas.migrate..")))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "java.sql..", "javax.sql..", "com.clickhouse.jdbc..", "com.clickhouse.client.."));

  @ArchTest
  static final ArchRule packagesAreNamedForFeatures =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..common..", "..impl..", "..helper..", "..model..", "..dto..");

  @ArchTest
  static final ArchRule classesAreNamedForWhatTheyAre =
      classes()
          .should()
          .haveNameNotMatching(".*(Manager|Helper|Data|Info|Impl)$")
          .andShould()
          .haveNameNotMatching(".*[.](Abstract|Base[A-Z]).*");

  private static ArchRule onlyIn(String library, String home) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library);
  }

  @Test
  void noSourceFileOutgrowsAReader() throws IOException {
    assertThat(javaSources())
        .isNotEmpty()
        .allSatisfy(
            file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(MAX_LINES));
  }

  @Test
  void everyClassThatTheArchitecturePageNamesExists() throws IOException {
    List<String> sources =
        javaSources().stream().map(file -> file.getFileName().toString()).toList();
    String page = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
    Matcher names = Pattern.compile("`((?:[A-Z][a-z0-9]+){2,})`").matcher(page);

    assertThat(names.results().map(name -> name.group(1) + ".java").distinct())
        .isNotEmpty()
        .isSubsetOf(sources);
  }

  private static List<Path> javaSources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }
}
