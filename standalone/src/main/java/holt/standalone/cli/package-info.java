/**
 * The commands of {@code holt}. Each has a class with its options ({@link holt.standalone.cli.HoltCommand} lists them), which calls the class
 * that does the work.
 *
 * <p>Easy to get wrong: {@code standalone/src/main/help.txt} is the rendered help, which the launcher prints without a JDK. A test compares
 * the two; run it with {@code -Dhelp.write=true} to write the file anew.
 *
 * <p>Does not know how the broker and the store work.
 */
@NullMarked
package holt.standalone.cli;

import org.jspecify.annotations.NullMarked;
