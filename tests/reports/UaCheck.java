import java.io.FileInputStream;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Prints one line a broken rule of PDF/UA-1 and of PDF/A-3a of each file named; ends with 1 if there is any. */
public class UaCheck {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        boolean clean = true;
        for (String file : files) {
            for (String name : new String[] {"ua1", "3a"}) {
                clean = check(foundry, PDFAFlavour.fromString(name), file) && clean;
            }
        }
        System.exit(clean ? 0 : 1);
    }

    private static boolean check(VeraPDFFoundry foundry, PDFAFlavour flavour, String file) throws Exception {
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
            return result.isCompliant();
        }
    }
}
