package io.layerplan.runtime.cpu.pass;

/// Hears how long launches take, for profiles. Taking the time of each costs some of it, so that a run which is
/// listened to is for shares and not for totals.
@FunctionalInterface
public interface LaunchListener {
    /// A launch has run, or the part of it that prepares its inputs.
    ///
    /// @param launch its index in the program's launches
    /// @param nanos  until all workers were done with it
    void launched(int launch, long nanos);
}
