namespace Emulator;

/// <summary>The one clock of an emulator: the system's time until it is frozen, set or advanced.</summary>
/// <remarks>Everything that depends on time asks it: token and code expiry, presigned URLs, sessions, timeouts, retries. Timers made by <see cref="CreateTimer"/> run when this clock reaches them.</remarks>
public sealed class EmulatorClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _system;
    private readonly PriorityQueue<ClockTimer, (DateTimeOffset Due, long Order)> _timers = new();
    private ITimer? _alarm;
    private TimeSpan _offset;
    private DateTimeOffset? _frozenAt;
    private long _order;

    /// <summary>A clock that shows the system's time.</summary>
    public EmulatorClock() : this(System) { }

    internal EmulatorClock(TimeProvider system) => _system = system;

    /// <summary>The clock of the machine, by which clients sign their requests and functions take their time, whatever time it is here.</summary>
    internal TimeProvider MachineClock => _system;

    /// <summary>Whether time stands still but for <see cref="Advance"/> and <see cref="Set"/>.</summary>
    public bool IsFrozen { get { lock (_lock) return _frozenAt is not null; } }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() { lock (_lock) return NowLocked(); }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Whether it shows another time than the system's.</summary>
    internal bool IsChanged { get { lock (_lock) return _frozenAt is not null || _offset != TimeSpan.Zero; } }

    /// <summary>Stops the clock at its present time.</summary>
    public void Freeze()
    {
        lock (_lock) _frozenAt = NowLocked();
        Arm();
    }

    /// <summary>Lets a frozen clock run on from where it stands.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            if (_frozenAt is not { } at) return;
            _offset = at - _system.GetUtcNow();
            _frozenAt = null;
        }
        Arm();
    }

    /// <summary>Moves the clock forward and runs, in order of time, what falls due on the way, before it returns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative: use <see cref="Set"/> to go back.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        DateTimeOffset target;
        lock (_lock) target = NowLocked() + by;
        RunUntil(target);
        MoveTo(target);
        Arm();
    }

    /// <summary>Sets the clock. Forward, what falls due on the way runs first; backward, timers keep their due times.</summary>
    public void Set(DateTimeOffset time)
    {
        RunUntil(time);
        MoveTo(time);
        Arm();
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ClockTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>A clock at the same time that goes on alone, with no timers.</summary>
    internal EmulatorClock Fork()
    {
        lock (_lock) return new EmulatorClock(_system) { _offset = _offset, _frozenAt = _frozenAt };
    }

    private DateTimeOffset NowLocked() => _frozenAt ?? (_system.GetUtcNow() + _offset);

    private void MoveTo(DateTimeOffset time)
    {
        lock (_lock)
        {
            if (_frozenAt is not null) _frozenAt = time;
            else _offset = time - _system.GetUtcNow();
        }
    }

    /// <summary>Runs what is due up to a moment, each with the clock standing at its due time.</summary>
    private void RunUntil(DateTimeOffset limit)
    {
        while (TakeDue(limit) is { } due)
        {
            lock (_lock)
            {
                if (due.At > NowLocked())
                {
                    if (_frozenAt is not null) _frozenAt = due.At;
                    else _offset = due.At - _system.GetUtcNow();
                }
            }
            due.Timer.Fire();
        }
    }

    private (ClockTimer Timer, DateTimeOffset At)? TakeDue(DateTimeOffset limit)
    {
        lock (_lock)
        {
            while (_timers.TryPeek(out var timer, out var priority))
            {
                if (timer.Due is null || timer.Order != priority.Order)
                {
                    _timers.Dequeue(); // changed or disposed since: its newer entry counts
                    continue;
                }
                if (priority.Due > limit) return null;
                _timers.Dequeue();
                timer.Due = timer.Period > TimeSpan.Zero ? priority.Due + timer.Period : null;
                EnqueueLocked(timer);
                return (timer, priority.Due);
            }
            return null;
        }
    }

    private void Schedule(ClockTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            timer.Period = period;
            timer.Due = dueTime == Timeout.InfiniteTimeSpan ? null : NowLocked() + dueTime;
            EnqueueLocked(timer);
        }
        Arm();
    }

    private void EnqueueLocked(ClockTimer timer)
    {
        timer.Order = _order++;
        if (timer.Due is { } due) _timers.Enqueue(timer, (due, timer.Order));
    }

    /// <summary>Wakes up at the next due time, while the clock runs.</summary>
    private void Arm()
    {
        lock (_lock)
        {
            if (_frozenAt is not null || !_timers.TryPeek(out _, out var next))
            {
                _alarm?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                return;
            }
            var wait = next.Due - NowLocked();
            if (wait < TimeSpan.Zero) wait = TimeSpan.Zero;
            // The system's timers take at most some 49 days; waking up early only means to look again.
            if (wait > TimeSpan.FromDays(40)) wait = TimeSpan.FromDays(40);
            _alarm ??= _system.CreateTimer(static state => ((EmulatorClock)state!).OnAlarm(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _alarm.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnAlarm()
    {
        RunDueNow();
        Arm();
    }

    private void RunDueNow()
    {
        DateTimeOffset now;
        lock (_lock)
        {
            if (_frozenAt is not null) return;
            now = NowLocked();
        }
        while (TakeDue(now) is { } due) due.Timer.Fire();
    }

    private sealed class ClockTimer(EmulatorClock clock, TimerCallback callback, object? state) : ITimer
    {
        /// <summary>When it fires next; guarded by the clock's lock.</summary>
        public DateTimeOffset? Due { get; set; }

        /// <summary>Which of its entries in the queue counts.</summary>
        public long Order { get; set; }

        public TimeSpan Period { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Schedule(this, dueTime, period);
            return true;
        }

        public void Dispose()
        {
            lock (clock._lock) Due = null;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
