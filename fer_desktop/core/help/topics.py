"""Pages about what the program does, for whoever uses it the first time or wonders about a word."""

from typing import Final

from fer_desktop.core.help.pages import Page, Topic, heading, points, steps, text
from fer_desktop.core.messages import Message

_FIRST_STEPS: Final = Page(
    Topic.FIRST_STEPS,
    Message("First steps"),
    (
        steps(
            Message("Answer the questions on the three short pages. They decide what may be opened where you are."),
            Message("Tell the class before you begin: “Copy the text” gives you words for the chat."),
            Message(
                "Switch the call to gallery view and press “Start a lesson”: the call’s window is found by itself. "
                "Or press “Draw a region”, and draw a rectangle around the faces."
            ),
            Message(
                "Press “This is me…” and click your own tile, so that you are not counted. Leave out anybody who "
                "says no."
            ),
            Message(
                "Teach. A glance at the sentence is enough; press M to mark a moment. “Stop” saves the lesson, and "
                "“Save or erase…” at home exports it as CSV for a spreadsheet."
            ),
        ),
        text(
            Message("To try it without a class, choose “Demo class” under “More”: its faces are generated."),
            Message("Trust changes more than numbers. A face is not a feeling, and many faces are misread."),
        ),
    ),
)
_WORDS: Final = Page(
    Topic.WORDS,
    Message("What the words mean"),
    (
        heading(Message("The sentence")),
        text(
            Message(
                "It says what most faces show, then the largest difference from usual that is unlikely to be chance."
            ),
            Message("A change is reported when at least three faces differ (more in a large class) for 20 seconds."),
        ),
        heading(Message("Usual")),
        text(
            Message(
                "What this class showed over the last ten minutes of this lesson. The first five minutes are spent "
                "learning it."
            ),
        ),
        heading(Message("The squares")),
        text(
            Message(
                "One per camera, sorted by what it shows and never by seat: smiling on the left; sad, afraid or "
                "angry on the right."
            ),
            Message("“?” marks a face that no reading is sure of. A dashed square is a camera with no face in view."),
        ),
        heading(Message("Coverage")),
        text(
            Message(
                "How many cameras and faces the figures rest on. If only a few of many are read, the figures describe "
                "those few."
            )
        ),
        heading(Message("How often it is wrong")),
    ),
)
_ALERTS: Final = Page(
    Topic.ALERTS,
    Message("Alerts"),
    (
        text(
            Message("They are off until you switch them on, one by one, in the settings."),
            Message(
                "An alert is one quiet line under the sentence: at most one every five minutes, three a lesson, "
                "and none in the first five minutes."
            ),
            Message("In the settings you choose whether it is the line alone, the line with one sound, or nothing."),
            Message("Alerts need ten faces or more, and report good news as well as bad."),
            Message(
                "Any alert may be a misreading, and many changes are missed: silence says nothing about the class."
            ),
        ),
        points(
            Message("“Mark this moment” adds a marker where the alert was, also when you press it later."),
            Message("“Quiet” holds back alerts for a while."),
            Message("“Useful” and “Not useful” are saved with the lesson."),
        ),
    ),
)
_STRIP: Final = Page(
    Topic.STRIP,
    Message("The mini strip"),
    (
        text(
            Message("A few words and a bar that stay on top while you present."),
            Message(
                "It appears when this window is minimised or covered, or has no room beside the call. You can also "
                "choose “Mini strip” in the “View” menu."
            ),
        ),
        points(
            Message("Drag it anywhere. It remembers its place for these screens."),
            Message("Its buttons pause, add a marker, and bring the window back."),
            Message(
                "When you share your screen, others see it until you tick “The class has been told”. From then on "
                "it is hidden from them, where the system allows that."
            ),
        ),
    ),
)
_LEAVING_OUT: Final = Page(
    Topic.LEAVING_OUT,
    Message("Leaving somebody out"),
    (
        text(Message("Anybody who does not want to be read is left out, no reason asked.")),
        steps(
            Message("Open “What is read” if it is hidden."),
            Message("Click the person’s tile: it goes dark and is no longer counted. Click again to bring it back."),
            Message("With the keyboard: Tab to the picture, arrow keys to the tile, then Space."),
        ),
        text(
            Message("This lasts for one lesson. Nothing about a face is kept, so do it again in the next one."),
            Message("Earlier seconds hold only counts of the class. If that is too much, erase the lesson."),
        ),
    ),
)
_LAW: Final = Page(
    Topic.LAW,
    Message("What others are told, and the law"),
    (
        heading(Message("Tell them")),
        text(
            Message("Paste the text under “What others were told” into the chat, say it aloud too, and accept a no."),
            Message("It says what is read, that it is often wrong, that only counts are kept, and how to be left out."),
        ),
        heading(Message("The law")),
        text(
            Message(
                "In the EU and EEA the AI Act, Article 5(1)(f), forbids inferring emotions in education and at "
                "work, even with consent. Live classes and recordings of others stay off there."
            ),
            Message(
                "Elsewhere, the law of your country and the rules of your school decide. This is not legal advice."
            ),
            Message("Never use it to grade, rank, judge or discipline anybody."),
            Message("“Change answers” in the “Help” menu shows your answers and what follows from them."),
        ),
    ),
)
_LESSONS: Final = Page(
    Topic.LESSONS,
    Message("Where my lessons are"),
    (
        text(
            Message(
                "On this computer only: counts of the class, second by second, and the text of your markers. No "
                "pictures."
            ),
            Message(
                "“Your lessons” lists them, and “Save or erase…” exports one as CSV for a spreadsheet. Unless you "
                "switch that off, a CSV file is also written during each session, in “FER Desktop” in your "
                "documents."
            ),
        ),
        heading(Message("Erasing")),
        text(
            Message(
                "A lesson is erased automatically after 30 days, or when “Lessons are kept” in the settings says so."
            ),
            Message(
                "“Erase” removes it for good, with its CSV file and from backups; you have a few seconds to undo. "
                "Copies you saved elsewhere stay."
            ),
            Message(
                "After a crash or power cut, the lesson is there up to about the last second, and the program "
                "offers it at the next start."
            ),
        ),
    ),
)
_KEYS: Final = Page(Topic.KEYS, Message("Keys"), ())  # the window tells them as they are
_SETTINGS: Final = Page(Topic.SETTINGS, Message("The settings"), ())  # as they describe themselves
_FAULTS: Final = Page(
    Topic.FAULTS,
    Message("When something goes wrong"),
    (
        text(
            Message("Press “What helps” in a message, or F1 while it is shown, and its page opens."),
        ),
    ),
)

TOPICS: Final[tuple[Page, ...]] = (
    *(_FIRST_STEPS, _KEYS, _WORDS, _ALERTS, _STRIP),
    *(_LEAVING_OUT, _LAW, _LESSONS, _SETTINGS, _FAULTS),
)
