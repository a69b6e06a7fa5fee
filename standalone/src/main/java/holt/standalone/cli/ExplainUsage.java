package holt.standalone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains a wrong command line in one line. */
final class ExplainUsage implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String line =
                switch (wrong) {
                    case UnmatchedArgumentException unmatched -> unknown(unmatched, name);
                    case MissingParameterException missing ->
                            missing(missing.getMissing().getFirst(), name, List.of(args));
                    case ParameterException other
                            when other.getCause() instanceof TypeConversionException reason ->
                            name(other.getArgSpec(), name) + " " + reason.getMessage();
                    case ParameterException other ->
                            String.valueOf(other.getMessage()).replaceFirst("\\.$", "");
                };
        boolean top = command.getParent() == null;
        command.getErr()
                .printf(
                        "holt: %s Try: holt help%s%n",
                        line.endsWith("?") ? line : line + ".",
                        top ? "" : " " + command.getCommandName());
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String unknown(UnmatchedArgumentException wrong, String name) {
        CommandLine command = wrong.getCommandLine();
        String word = wrong.getUnmatched().getFirst().replaceFirst("=.*", "");
        var known = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
        known.addAll(command.getSubcommands().keySet());
        Optional<String> meant = NearestWord.to(word, known);
        boolean isCommand = command.getParent() == null && !wrong.isUnknownOption();
        return (isCommand ? "there is no command " + word : name + " does not know " + word)
                + meant.map(near -> ". Did you mean " + near + "?").orElse("");
    }

    private static String missing(ArgSpec missing, String name, List<String> args) {
        if (!missing.isOption()) {
            return name + " needs " + missing.paramLabel();
        }
        String option = name(missing, name);
        return args.contains(option)
                ? option + " needs a value"
                : name + " needs " + option + " " + missing.paramLabel();
    }

    private static String name(ArgSpec argument, String command) {
        return argument instanceof OptionSpec option ? option.longestName() : command;
    }
}
