# Sourced by ./holt, .ci/run and benchmarks/run: exports JAVA_HOME, a JDK of the needed version. Returns 1 if it finds none.
# POSIX sh.

needed_jdk=25

# Prints the folder if it holds a JDK of the needed version. Reading its "release" file is faster than starting it.
jdk_in() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    jdk_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ "${jdk_version:-0}" -ge "$needed_jdk" ] && echo "$1"
}

# Looks at JAVA_HOME, then on the PATH, then in the usual folders.
find_jdk() {
    [ -n "${JAVA_HOME:-}" ] && jdk_in "$JAVA_HOME" && return
    javac_on_path=$(command -v javac || true)
    [ -n "$javac_on_path" ] && jdk_in "$(dirname "$(dirname "$(readlink -f "$javac_on_path")")")" && return
    for folder in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
        "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*; do
        jdk_in "$folder" && return
    done
    echo "Holt needs a JDK $needed_jdk or newer: install one (for example from https://adoptium.net) or point JAVA_HOME at it." >&2
    return 1
}

JAVA_HOME=$(find_jdk) && export JAVA_HOME
