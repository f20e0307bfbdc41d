import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** For each file named in a line of its input: a line a broken rule of PDF/UA-1 and of PDF/A-3a, then "done". */
public class UaCheck {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        BufferedReader files = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String file = files.readLine(); file != null; file = files.readLine()) {
            for (String name : new String[] {"ua1", "3a"}) {
                check(foundry, PDFAFlavour.fromString(name), file);
            }
            System.out.println("done");
        }
    }

    private static void check(VeraPDFFoundry foundry, PDFAFlavour flavour, String file) throws Exception {
        try (PDFAParser parser = foundry.createParser(new FileInputStream(file), flavour)) {
            PDFAValidator validator = foundry.createValidator(flavour, 1000, false, false, false);
            ValidationResult result = validator.validate(parser);
            TreeMap<String, Integer> broken = new TreeMap<>();
            for (TestAssertion each : result.getTestAssertions()) {
                if (each.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber();
                    broken.merge(flavour.getId() + ": " + rule + " " + each.getMessage(), 1, Integer::sum);
                }
            }
            broken.forEach((rule, count) -> System.out.println(count + " x " + rule));
            System.out.println("rules " + flavour.getId() + " " + result.getValidationProfile().getRules().size());
        }
    }
}
