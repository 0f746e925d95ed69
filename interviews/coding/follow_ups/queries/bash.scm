[(for_statement) (c_style_for_statement) (while_statement)] @loop
(function_definition name: (_) @name) @function
(command name: (command_name) @called)
(variable_assignment name: (variable_name) @variable)
