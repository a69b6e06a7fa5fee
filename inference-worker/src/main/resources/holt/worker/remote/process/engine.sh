# Runs the command $1, and ends it once standard input closes: then the worker is gone, or wants it to end.
# With setsid, the command has a process group of its own, so that its children end too and a terminal's Ctrl-C does not reach it.
exec 3<&0
if command -v setsid >/dev/null 2>&1; then
    set -- setsid sh -c "exec $1"
    group=-
else
    set -- sh -c "exec $1"
    group=
fi
"$@" </dev/null 3<&- &
engine=$!
{
    read -r _ <&3
    kill -TERM "$group$engine"
    sleep 10
    kill -KILL "$group$engine"
} >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait "$engine"
code=$?
kill -KILL "$watch" 2>/dev/null
[ -z "$group" ] || kill -KILL "-$engine" 2>/dev/null
exit "$code"
