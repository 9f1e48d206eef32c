package io.aftersend.runtime.lifecycle;

/// The stage of life that a service is in; it only ever moves forward.
public enum LifecycleState {
  STARTING,
  READY,
  DRAINING,
  STOPPED
}
