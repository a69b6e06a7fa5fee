package holt.api.http;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** A number in the query of a request. */
public final class QueryNumber {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    private QueryNumber() {}

    /**
     * @param otherwise if the query has no such parameter
     * @throws RequestRejectedException {@code INVALID_VALUE} with the parameter's name
     */
    public static long of(
            HttpServletRequest request, String name, long least, long most, long otherwise) {
        String text = request.getParameter(name);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        long number = DIGITS.matcher(text).matches() ? Long.parseLong(text) : -1;
        if (number < least || number > most) {
            throw new RequestRejectedException(
                    Failure.INVALID_VALUE,
                    name + ": must be a number from " + least + " to " + most,
                    name,
                    null);
        }
        return number;
    }
}
