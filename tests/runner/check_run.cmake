# Runs PROGRAM by MPIRUN on N_RANKS ranks and fails unless the job ends within
# 20 seconds, prints what EXPECTED says, prints exactly one error (none if
# EXIT_CODE is 0), and every rank returns EXIT_CODE.
#
# A shell around each rank prints the rank's code: mpirun itself would end the
# other ranks at the first bad one.
if(EXIT_CODE STREQUAL "abort")
  set(_command ${MPIRUN} ${PROGRAM})
else()
  set(_command ${MPIRUN} sh -c
    "\"$0\" \"$@\" && echo rank returned 0 || echo rank returned $?" ${PROGRAM})
endif()
execute_process(COMMAND ${_command} TIMEOUT 20
  RESULT_VARIABLE _result OUTPUT_VARIABLE _output ERROR_VARIABLE _errors)
message("${_output}${_errors}")

if(_result MATCHES "timeout")
  message(FATAL_ERROR "The job hangs.")
elseif(EXIT_CODE STREQUAL "abort")
  if(_result EQUAL 0)
    message(FATAL_ERROR "The job did not fail.")
  endif()
else()
  string(REGEX MATCHALL "rank returned ${EXIT_CODE}\n" _returns "${_output}")
  list(LENGTH _returns _n_returns)
  if(NOT _n_returns EQUAL N_RANKS)
    message(FATAL_ERROR "Not all ranks returned ${EXIT_CODE}.")
  endif()
endif()

string(REGEX MATCHALL "(^|\n)error" _found "${_errors}")
list(LENGTH _found _n_errors)
if(EXIT_CODE STREQUAL "0")
  set(_text "${_output}")
  set(_n_expected 0)
else()
  set(_text "${_errors}")
  set(_n_expected 1)
endif()
if(NOT _n_errors EQUAL _n_expected)
  message(FATAL_ERROR "${_n_errors} errors instead of ${_n_expected}.")
endif()
if(NOT _text MATCHES "${EXPECTED}")
  message(FATAL_ERROR "The expected text is missing: ${EXPECTED}")
endif()
