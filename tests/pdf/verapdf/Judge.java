import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Prints, for each file and profile, how many checks ran, and below it every rule that failed. */
public class Judge {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : args) {
            for (String name : new String[] {"ua1", "2a"}) {
                PDFAFlavour flavour = PDFAFlavour.fromString(name);
                try (PDFAParser parser = Foundries.defaultInstance().createParser(
                         Files.newInputStream(Path.of(file)), flavour);
                     PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                    report(file + " " + name, validator.validate(parser));
                }
            }
        }
    }

    private static void report(String subject, ValidationResult result) {
        System.out.printf("%s %s checks=%d%n", subject, result.isCompliant() ? "PASS" : "FAIL",
            result.getTotalAssertions());
        Map<String, Integer> failed = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber()
                    + " " + assertion.getMessage().replace('\n', ' ');
                failed.merge(rule, 1, Integer::sum);
            }
        }
        failed.forEach((rule, times) -> System.out.printf("  %dx %s%n", times, rule));
    }
}
