"""The words that the interview room's script shows. One dict, so that there is one translation system."""

from django.utils.translation import gettext as _


def room_texts() -> dict[str, str]:
    """Every text by its key, in the active language; `{name}` marks what the script fills in."""
    return _statuses() | _labels() | _connections() | _devices() | _work() | _task() | _judgements() | _results()


def _statuses() -> dict[str, str]:
    return {
        "status_connecting": _("Connecting…"),
        "status_speaking": _("The interviewer is speaking"),
        "status_listening": _("Listening: take your time"),
        "status_hearing": _("I hear you"),
        "status_waiting": _("One moment…"),
        "status_thinking": _("Take a minute to think. Speak when you are ready."),
        "status_typed": _("Answer in writing below"),
        "status_paused": _("Paused until the connection is back"),
        "status_task": _("Work on the task and hand it in when you are done"),
    }


def _labels() -> dict[str, str]:
    return {
        "label_greeting": _("Welcome"),
        "label_intro": _("Introduction"),
        "label_question": _("Question {number} of {count}"),
        "label_follow_up": _("Follow-up to question {number}"),
        "label_task": _("Coding task"),
        "label_code_follow_up": _("About your solution"),
        "label_closing": _("Done"),
        "you": _("You"),
        "interviewer": _("Interviewer"),
        "heard_hint": _("What you say appears here."),
        "type_instead": _("Type instead"),
        "speak_instead": _("Speak instead"),
        "progress_question": _("{number} of {count}"),
        "engine": _("Speech recognition: {name}"),
        "voice_none": _("The interviewer writes here and has no voice."),
        "engine_none": _("There is no speech recognition for this language here. Please answer in writing."),
    }


def _connections() -> dict[str, str]:
    return {
        "connection_lost": _("The connection was lost. Reconnecting… What you said is kept and the time stands still."),
        "connection_unreachable": _("The server does not answer. Trying again…"),
        "answer_returned": _(
            "The connection broke, and your last answer may not have arrived. It is back in the box: send it again."
        ),
        "step_lost": _("The connection broke while you pressed a button. If nothing happens, press it again."),
        "connection_superseded": _("This interview was opened in another window and goes on there."),
        "connection_signed_out": _("You are signed out. Sign in again to go on; nothing is lost."),
        "connection_closed": _("The connection was closed. Open the room again to go on where you stopped."),
        "try_now": _("Try now"),
        "continue_here": _("Go on in this window"),
        "reload": _("Open the room again"),
        "error_generic": _("Something went wrong. Please try again."),
    }


def _devices() -> dict[str, str]:
    return {
        "mic_silent": _("Say a few words: the bar should move."),
        "mic_heard": _("Your microphone works."),
        "mic_denied": _(
            "The browser may not use the microphone. Allow it in the address bar and try again, or answer in writing."
        ),
        "mic_missing": _("No microphone was found. Connect one and try again, or answer in writing."),
        "mic_failed": _("The microphone could not be started. Perhaps another program is using it."),
        "mic_lost": _("The microphone was disconnected. You can go on in writing."),
        "mic_written": _("You answer in writing. The microphone stays off."),
        "mic_name": _("Microphone {number}"),
        "camera_on": _("Your camera works."),
        "camera_denied": _("The browser may not use the camera. Allow it in the address bar and try again."),
        "camera_missing": _("No camera was found. You can go on without one."),
        "camera_failed": _("The camera could not be started. Perhaps another program is using it."),
        "camera_name": _("Camera {number}"),
        "camera_live": _("Camera on"),
        "camera_off": _("Camera off"),
        "insecure": _("Browsers allow the microphone and the camera only over HTTPS or on localhost."),
        "consent_failed": _("Your choice could not be stored. Please try again."),
    }


def _work() -> dict[str, str]:
    return {
        "editor": _("Your solution"),
        "language_text": _("Text"),
        "view_editor": _("Editor"),
        "view_text": _("Your text"),
        "editor_help": _("Tab indents; Escape, then Tab leaves the editor; Ctrl+Enter (⌘+Enter) runs the tests."),
        "editor_help_text": _("Write as you would in an e-mail; Tab leaves the field. It is saved as you write."),
        "word_count": _("Words: {count}"),
        "code_failed": _("The editor could not be loaded. Open the room again."),
        "code_too_long": _("A solution may have at most {most} characters. What you added last was not kept."),
        "code_elsewhere": _("This text was changed in another window. You see what was saved last."),
        "code_not_handed_in": _(
            "This text was changed in another window, so it was not handed in from here. You see what was saved last."
        ),
        "stdin_program": _("Your program reads this from its standard input."),
        "stdin_sql": _("INSERT statements that fill the tables before your query."),
        "stdin_function": _("The arguments of your function, as a JSON list."),
        "time_five_minutes": _("Five minutes are left for this task."),
        "time_one_minute": _("One minute is left for this task. What you have written is handed in when it is over."),
    } | _saving()


def _saving() -> dict[str, str]:
    return {
        "code_saved": _("Saved"),
        "code_saving": _("Saving…"),
        "code_waiting": _("Will be saved when the connection is back"),
        "code_sending": _("Handing in…"),
        "code_sent_later": _("Will be handed in when the connection is back"),
        "code_sent": _("Handed in"),
        "code_refused": _("It could not be handed in. Please try again."),
        "code_goes_on_elsewhere": _("Goes on in another window; nothing more is saved from here."),
        "code_closed": _("The connection has ended; nothing more is saved from here."),
        "code_empty": _("Write something before you run it or hand it in."),
        "code_done": _("Your solution is handed in and cannot be changed any more."),
        "code_asked": _("Handed in. The interviewer now asks about it: answer by voice or in writing."),
        "submit_untested": _("You have not run the visible tests since your last change."),
        "code_running": _("Running…"),
        "code_judging": _("All tests are run…"),
        "code_queued": _("Runs again as soon as this run is over."),
        "code_run_later": _("Runs when the connection is back."),
    }


def _task() -> dict[str, str]:
    return {
        "task_limits": _("Each test may take {seconds} s and {megabytes} MB."),
        "task_schema": _("Tables"),
        "task_subject": _("The program to test"),
        "task_example": _("Example"),
        "visible_tests": _("Visible tests"),
        "test_input": _("Input"),
        "test_expected": _("Expected"),
        "test_actual": _("Your output"),
        "test_output": _("Output"),
        "test_errors": _("Error messages"),
        "compile_output": _("Messages of the compiler"),
        "output_empty": _("The program wrote nothing."),
        "diff_caption": _("Expected output and yours, line by line"),
        "diff_differs": _("differs:"),
        "diff_absent": _("no such line"),
        "diff_more": _("Further lines: {count}"),
    }


def _judgements() -> dict[str, str]:
    return {
        "result_tests": _("Tests passed: {passed} of {total}."),
        "result_hidden": _("Hidden tests passed: {passed} of {total}."),
        "status_ok_test": _("Passed"),
        "status_ok_run": _("The program ran to its end."),
        "result_wrong_answer": _("Wrong answer"),
        "result_not_caught": _("Not caught"),
        "result_refused": _("Refuses the correct program"),
        "result_accepts_only": _("Accepts the correct program, but catches no faulty one yet"),
        "result_time_limit": _("Time limit exceeded"),
        "result_memory_limit": _("Memory limit exceeded"),
        "result_output_limit": _("Too much output"),
        "result_runtime_error": _("Ended with an error"),
        "result_compile_error": _("Does not compile"),
        "result_unavailable": _("Not run"),
        "hint_compile_error": _("Correct the place that the messages below name, and run it again."),
        "hint_runtime_error": _("The program broke off. Its error messages say where."),
        "hint_time_limit": _(
            "The program was stopped after {seconds} s. Look for a loop that never ends, "
            "or work that is done repeatedly."
        ),
        "hint_memory_limit": _("The program needed more than {megabytes} MB. Keep less of the input in memory."),
        "hint_output_limit": _("The program wrote too much and was stopped. Look for a loop that prints without end."),
        "code_run_unavailable": _(
            "Running code is not available here. Your solution is stored and assessed as written."
        ),
    }


def _results() -> dict[str, str]:
    return {
        "ended_completed": _("That was the interview. Thank you!"),
        "ended_stopped": _("The company ended this interview."),
        "ended_other": _("This interview is over."),
        "report_pending": _("Your report is being prepared. This usually takes less than a minute."),
        "report_ready": _("Your report is ready."),
        "report_later": _("The report is not ready yet. You will find it with your interviews."),
    }


def streaming_texts() -> dict[str, str]:
    """Those of the page of the streaming protocol."""
    return {
        "interviewer": _("Interviewer"),
        "candidate": _("You"),
        "connecting": _("Connecting…"),
        "speaking": _("The interviewer is speaking"),
        "listening": _("Listening: take your time"),
        "lost": _("The connection was lost. Reconnecting… What you said is kept and the time stands still."),
        "no_microphone": _("The browser may not use the microphone. Allow it in the address bar and try again."),
    }
