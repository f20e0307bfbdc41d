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

/** Prints one line a broken PDF/UA-1 rule of each file named; ends with 1 if there is any. */
public class UaCheck {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        PDFAFlavour flavour = PDFAFlavour.fromString("ua1");
        boolean clean = true;
        for (String file : files) {
            try (PDFAParser parser = foundry.createParser(new FileInputStream(file), flavour)) {
                PDFAValidator validator = foundry.createValidator(flavour, 1000, false, false, false);
                ValidationResult result = validator.validate(parser);
                TreeMap<String, Integer> broken = new TreeMap<>();
                for (TestAssertion each : result.getTestAssertions()) {
                    if (each.getStatus() == TestAssertion.Status.FAILED) {
                        String rule = each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber();
                        broken.merge(rule + " " + each.getMessage(), 1, Integer::sum);
                    }
                }
                broken.forEach((rule, count) -> System.out.println(count + " x " + rule));
                System.out.println("rules " + result.getValidationProfile().getRules().size());
                clean = clean && result.isCompliant();
            }
        }
        System.exit(clean ? 0 : 1);
    }
}
