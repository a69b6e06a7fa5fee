package holt.api.console;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.StandardLinkBuilder;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The pages' templates. The engine is made for the first page, so that a start does not wait for it. */
final class Templates {
    /** The fragment of a page that changes while one looks at it. */
    private static final Set<String> LIVE = Set.of("live");

    private @Nullable TemplateEngine engine;

    /** @param part the live part alone */
    String render(String view, boolean part, Map<String, Object> values) {
        var context = new Context(Locale.ENGLISH, values);
        return part
                ? engine().process("console/" + view, LIVE, context)
                : engine().process("console/" + view, context);
    }

    private synchronized TemplateEngine engine() {
        TemplateEngine made = engine;
        if (made == null) {
            var files = new ClassLoaderTemplateResolver(Templates.class.getClassLoader());
            files.setPrefix("templates/");
            files.setSuffix(".html");
            files.setCharacterEncoding("UTF-8");
            made = new SpringTemplateEngine();
            made.setLinkBuilder(new PlainLinks());
            made.setTemplateResolver(files);
            engine = made;
        }
        return made;
    }

    /** Links stay as the templates write them, with their parameters encoded. */
    private static final class PlainLinks extends StandardLinkBuilder {
        @Override
        protected String computeContextPath(
                IExpressionContext context, String base, Map<String, Object> parameters) {
            return "";
        }

        @Override
        protected String processLink(IExpressionContext context, String link) {
            return link;
        }
    }
}
