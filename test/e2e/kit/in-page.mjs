// What tests and benches run in the page. Each function is carried there by its text, so it uses nothing of this file.
// Plain JavaScript: the other side's globals (`document`) are not those that TypeScript knows here.

/** Begins to take the time between frames, and tasks that hold the page for longer than 50 ms. */
export function beginWatching() {
  const frames = [];
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  let lastMs = performance.now();
  let handle = requestAnimationFrame(function onFrame(nowMs) {
    frames.push(nowMs - lastMs);
    lastMs = nowMs;
    handle = requestAnimationFrame(onFrame);
  });
  const stop = () => {
    cancelAnimationFrame(handle);
    observer.disconnect();
  };
  window.hongyanWatch = { frames, tasks, stop };
}

/** Ends it, and answers what was taken, in milliseconds. */
export function endWatching() {
  const { frames: taken, tasks, stop } = window.hongyanWatch;
  stop();
  const frames = taken.slice(1).sort((a, b) => a - b);
  const at = (share) => Math.round(frames[Math.floor((frames.length - 1) * share)] ?? 0);
  return {
    ...{ frames: frames.length, p50: at(0.5), p99: at(0.99), longest: at(1) },
    ...{ longTasks: tasks.length, longestTask: Math.round(Math.max(0, ...tasks)) },
  };
}

/** Moves through a list as dragging its bar does, from end to start, a step a frame. */
export async function dragThrough(scroller, steps) {
  scroller.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  for (let step = 0; step <= steps; step++) {
    scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) * (1 - step / steps);
    await new Promise(requestAnimationFrame);
  }
}

/** Scrolls a timeline to its start, again and again, until the message of a place in the log is shown. */
export async function scrollBack(scroller, seq) {
  scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: -1 }));
  for (;;) {
    const first = scroller.querySelector('[data-seq]')?.getAttribute('data-seq');
    if (first !== null && first !== undefined && Number(first) <= seq) return;
    scroller.scrollTop = 0;
    await new Promise(requestAnimationFrame);
  }
}

/** Clicks a conversation and answers after how many milliseconds its messages are placed. */
export async function openingMs(item) {
  const timeline = () => document.querySelector('[data-testid="timeline"]');
  const before = timeline();
  const beganMs = performance.now();
  item.click();
  for (;;) {
    await new Promise(requestAnimationFrame);
    const now = timeline();
    if (now !== null && now !== before && now.getAttribute('aria-busy') === 'false') {
      return Math.round(performance.now() - beganMs);
    }
  }
}

/** What can be touched and takes less than 40 px each way, as HTML. What is covered or at the screen's edge is left out. */
export function smallTargets() {
  const reach = 19;
  const isTarget = (element, x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (element.contains(hit) || hit.closest('label')?.contains(element) === true);
  };
  const targets = document.querySelectorAll('button, [role="option"], [role="menuitem"], input, textarea');
  return [...targets].flatMap((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const isSeen = width > 1 && element.checkVisibility() && isTarget(element, x, y);
    if (!isSeen || y < reach || y > innerHeight - reach) return [];
    const around = [
      [x, y - reach],
      [x, y + reach],
      [x - reach, y],
      [x + reach, y],
    ];
    return around.every(([atX, atY]) => isTarget(element, atX, atY)) ? [] : [element.outerHTML.slice(0, 200)];
  });
}
