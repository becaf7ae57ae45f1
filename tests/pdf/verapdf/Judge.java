import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Prints, for each file and profile, how many checks ran, and below it every rule that failed.
 *
 * A file is read once for both profiles, and as many files at once as there are processors: one
 * reading of a long book takes veraPDF minutes. Ends with 1 if a rule failed.
 */
public class Judge {
    private static final List<PDFAFlavour> PROFILES = List.of(PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A);

    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        ExecutorService judges = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        List<Future<Boolean>> verdicts = new ArrayList<>();
        for (String file : files) {
            verdicts.add(judges.submit(() -> judge(file)));
        }
        judges.shutdown();
        boolean good = true;
        for (Future<Boolean> verdict : verdicts) {
            good &= verdict.get();
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean judge(String file) {
        StringBuilder report = new StringBuilder();
        boolean good = true;
        try (PDFAParser parser = Foundries.defaultInstance().createParser(
                 Path.of(file).toFile(), PDFAFlavour.PDFA_2_A);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(PROFILES)) {
            for (ValidationResult result : validator.validateAll(parser)) {
                good &= result.isCompliant();
                report.append(describe(file, result));
            }
        } catch (Exception error) {
            good = false;
            report.append(String.format("%s FAIL veraPDF cannot read it: %s%n", file, error.getMessage()));
        }
        System.out.print(report);
        System.out.flush();
        return good;
    }

    private static String describe(String file, ValidationResult result) {
        StringBuilder text = new StringBuilder(String.format("%s %s %s checks=%d%n", file,
            result.getPDFAFlavour().getId(), result.isCompliant() ? "PASS" : "FAIL",
            result.getTotalAssertions()));
        result.getFailedChecks().forEach((rule, times) -> text.append(String.format("  %dx %s-%d %s%n",
            times, rule.getClause(), rule.getTestNumber(), meaning(result, rule))));
        return text.toString();
    }

    private static String meaning(ValidationResult result, RuleId rule) {
        return result.getValidationProfile().getRuleByRuleId(rule).getDescription().replace('\n', ' ');
    }
}
