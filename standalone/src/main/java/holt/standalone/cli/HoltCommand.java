package holt.standalone.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Spec;

/**
 * The program {@code holt}. It prints the help unless a command is named. Exit codes: 0 for success, 1 for a failure, 2 for a wrong command
 * line.
 */
@Command(
        name = "holt",
        header = "holt - a message-queue worker system for AI inference%n",
        synopsisHeading = "Usage: ",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%n",
        footer = {
            "",
            "holt help COMMAND and holt COMMAND --help show one command.",
            "",
            "The api and worker commands read the store's keys from the environment variables",
            "HOLT_S3_ACCESS_KEY and HOLT_S3_SECRET_KEY. The commands that ask a running Holt send the",
            "key in HOLT_API_KEY or HOLT_ADMIN_KEY, if there is one. Every setting has an environment",
            "variable, too (docs/settings.md), such as HOLT_WORKER_SLOTS=16.",
            "SIGTERM or Ctrl-C drains Holt, which then exits with 0."
        })
public final class HoltCommand implements Runnable {
    private final PrintStream out;

    @Spec @Nullable CommandSpec spec;

    private HoltCommand(PrintStream out) {
        this.out = out;
    }

    /** Returns the exit code. After the code 0, a service may go on serving. */
    public static int execute(String[] args) {
        Path home = Path.of(System.getProperty("holt.home", "."));
        return commandLine(home, Terminal.output()).execute(args);
    }

    /** @param home folder of the built-in models, and of the data unless a command names another */
    static CommandLine commandLine(Path home, PrintStream out) {
        var holt = new CommandLine(new HoltCommand(out));
        holt.addSubcommand(new UpCommand(home))
                .addSubcommand(new ApiCommand(home))
                .addSubcommand(new WorkerCommand(home))
                .addSubcommand(new PullCommand(home, out))
                .addSubcommand(new ModelsCommand(home, out))
                .addSubcommand(new ChatCommand(out))
                .addSubcommand(new ForgetCommand(out))
                .addSubcommand(new KeysCommand(System.getenv(), out))
                .addSubcommand(new QueuesCommand(out))
                .addSubcommand(new UsageCommand(out))
                .addSubcommand(new JobsCommand(out))
                .addSubcommand(new DeadCommand(out))
                .addSubcommand(new WorkersCommand(out))
                .addSubcommand(new AuditCommand(out))
                .addSubcommand(new TopCommand(out));
        addHelpOption(holt);
        holt.getSubcommands().values().forEach(HoltCommand::addHelpOption);
        holt.addSubcommand(new HelpCommand());
        holt.setOut(new PrintWriter(out, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(84)
                .setParameterExceptionHandler(new ExplainUsage())
                .setExecutionExceptionHandler(HoltCommand::explain);
        // One screen shows all commands with their options.
        holt.getHelpSectionMap()
                .put(
                        UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                        help ->
                                help.subcommands().values().stream()
                                        .filter(command -> !command.commandSpec().helpCommand())
                                        .map(command ->
                                                command.commandSpec()
                                                        .commandLine()
                                                        .getUsageMessage(Ansi.OFF))
                                        .collect(Collectors.joining(System.lineSeparator())));
        return holt;
    }

    @Override
    public void run() {
        Objects.requireNonNull(spec).commandLine().usage(out);
    }

    private static void addHelpOption(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help").usageHelp(true).hidden(true).build());
    }

    private static int explain(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println("holt: " + ReasonOf.failure(failure));
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
