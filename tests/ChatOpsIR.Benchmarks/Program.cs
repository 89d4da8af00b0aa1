using ChatOpsIR.Benchmarks;
using ChatOpsIR.Benchmarks.Floors;

// Floors and the parts that need a process of their own are started by the benchmarks themselves.
return args switch
{
    ["floor", var kind, var port] => await FloorServer.RunAsync(kind, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)),
    ["bare-app", var port] => await BareApp.RunAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)),
    ["part", var name, .. var rest] => await Parts.RunAsync(name, rest),
    [var name, .. var rest] when Benchmark.Find(name) is { } benchmark => await benchmark.RunAsync(rest),
    _ => Benchmark.Help(),
};
